using System.Text.Json.Serialization;

namespace NeuroTrails.Running;

/// <summary>Why and where a run failed.</summary>
[GenerateSerializer, Immutable, Alias("nt.RunFailure")]
public sealed record RunFailure
{
    /// <summary>What happened and what to change, for a person.</summary>
    [Id(0)]
    public required string Reason { get; init; }

    /// <summary>What kind of thing it was.</summary>
    [Id(1)]
    public required FailureCause Cause { get; init; }

    /// <summary>The step at which it showed, from 1; 0 before the first.</summary>
    [Id(2)]
    public required long Step { get; init; }

    /// <summary>Whom it concerns: <c>backbone</c>, <c>head-0</c>; absent where that is not known.</summary>
    [Id(3)]
    public string? Owner { get; init; }

    /// <summary>When.</summary>
    [Id(4)]
    public required DateTimeOffset Time { get; init; }

    /// <summary>Whether the user's input is at fault: exit code 2.</summary>
    [JsonIgnore]
    public bool IsUsers => Cause is FailureCause.Input or FailureCause.Data;

    /// <summary>Whether going on as the run is would fail in the same way again: same data, same bits.</summary>
    [JsonIgnore]
    public bool ComesAgain => Cause is FailureCause.Data or FailureCause.Diverged;
}
