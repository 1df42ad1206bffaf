using NeuroTrails.Contracts;

namespace NeuroTrails.Grains;

/// <summary>
/// What must outlive a coordinator's activation. Every write is checked by its ETag: of two coordinators that both believe in themselves,
/// one written off while it was only slow, the second write fails, and with it everything that the loser would have done next.
/// </summary>
[GenerateSerializer, Alias("nt.CoordinatorState")]
public sealed class CoordinatorState
{
    /// <summary>The run; absent before its start.</summary>
    [Id(0)]
    public RunDefinition? Run { get; set; }

    /// <summary>Its phase; a run that is <see cref="RunPhase.Running"/> is taken up by whoever becomes its coordinator.</summary>
    [Id(1)]
    public RunPhase Phase { get; set; }

    /// <summary>The newest generation that was begun.</summary>
    [Id(2)]
    public long Generation { get; set; }

    /// <summary>The newest checkpoint that counts.</summary>
    [Id(3)]
    public CommitPoint? Committed { get; set; }

    /// <summary>Why the run failed.</summary>
    [Id(4)]
    public string? Failure { get; set; }

    /// <summary>Whether the user can put it right.</summary>
    [Id(5)]
    public bool FailureIsUsers { get; set; }

    /// <summary>Owners that must live in a certain place.</summary>
    [Id(6)]
    public string[] Pins { get; set; } = [];

    /// <summary>Whether owners move when silos join.</summary>
    [Id(7)]
    public bool Rebalance { get; set; } = true;

    /// <summary>By this the run's coordinators, one after the other, know the right to write its folder for their own.</summary>
    [Id(9)]
    public string? Lease { get; set; }

    /// <summary>A submission that is being looked at; whoever becomes the coordinator goes on with that.</summary>
    [Id(10)]
    public RunSubmission? Submission { get; set; }

    /// <summary>Id of the submission by which the run began or went on, to know it when it is sent again.</summary>
    [Id(11)]
    public string? Accepted { get; set; }
}
