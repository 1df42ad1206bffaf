using System.Text.Json;
using System.Text.Json.Serialization;
using NeuroTrails.Files;

namespace NeuroTrails.Running;

/// <summary>A comparison of methods: what was asked for, every run and where it stands; <c>comparison.json</c> in its folder.</summary>
public sealed record Comparison
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "comparison.json";

    /// <summary>Version of the format.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of the format that the file was written in.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The preset that all runs begin with; absent where there is none.</summary>
    public string? Preset { get; init; }

    /// <summary>The settings file over it, as it was when the comparison began: its text; absent where there is none.</summary>
    public string? Config { get; init; }

    /// <summary>What is equal for all methods: <c>epochs</c>, <c>flops</c> or <c>parameters</c>.</summary>
    public required string Budget { get; init; }

    /// <summary>The method whose training FLOPs or active parameters the others are given.</summary>
    public required string Reference { get; init; }

    /// <summary>The methods, in the order in which they are shown.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Seeds of the final runs of each method.</summary>
    public required IReadOnlyList<long> Seeds { get; init; }

    /// <summary>Intra-op threads of each owner of each run; part of the runs, because they are part of their bits.</summary>
    public required int Threads { get; init; }

    /// <summary>Settings that were tuned by their dotted path, with the values tried, each combination for each method; absent where
    /// nothing is tuned.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Tune { get; init; }

    /// <summary>What trials were selected by, on the validation split: the smallest <c>nll</c>; absent where nothing is tuned.</summary>
    public string? SelectedBy { get; init; }

    /// <summary>Tuned settings that were selected, by method, by dotted path; a method whose trials have not ended is not in it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Selected { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>What was asked for and left out because it is impossible, a sentence each.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>What the budget made of each method, a sentence each: how long it trains, how wide it is.</summary>
    public IReadOnlyList<string> BudgetNotes { get; init; } = [];

    /// <summary>The command line that makes the comparison again, and goes on with it.</summary>
    public required string Command { get; init; }

    /// <summary>The runs: trials first, then final ones, by method and seed.</summary>
    public required IReadOnlyList<ComparedRun> Runs { get; init; }

    /// <summary>Reads the record of a comparison.</summary>
    /// <param name="folder">The comparison's folder.</param>
    /// <returns>The record; null where the folder holds none.</returns>
    /// <exception cref="UserErrorException">It cannot be read.</exception>
    public static Comparison? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(RegularFile.ReadAllText(path), RunJson.Default.Comparison) switch
            {
                { Version: CurrentVersion } comparison => comparison,
                var other => throw new UserErrorException(
                    $"{path} is of version {other?.Version}; this program reads {CurrentVersion}. Use the program that wrote it."
                ),
            };
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be read: {fault.Message} Choose another folder.", fault);
        }
    }

    /// <summary>Writes the record; a reader sees the old one or the new one.</summary>
    /// <param name="folder">The comparison's folder.</param>
    /// <exception cref="UserErrorException">The disk is full, or the folder is not writable.</exception>
    public void Write(string folder) =>
        AtomicFile.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, RunJson.Default.Comparison) + "\n");
}

/// <summary>One run of a comparison.</summary>
public sealed record ComparedRun
{
    /// <summary>Its method.</summary>
    public required string Method { get; init; }

    /// <summary>Its seed.</summary>
    public required long Seed { get; init; }

    /// <summary>What it is for.</summary>
    public required ComparedRole Role { get; init; }

    /// <summary>Its run folder, relative to the comparison's, with forward slashes.</summary>
    public required string Folder { get; init; }

    /// <summary>Assignments that it has besides the preset's: those of all runs, of the budget, and what is tried or was
    /// selected.</summary>
    public required IReadOnlyList<string> Settings { get; init; }

    /// <summary>Folder of the run that it learns from, as <see cref="Folder"/>; absent where it learns from none.</summary>
    public string? Teacher { get; init; }

    /// <summary>The command line that makes the run again, by itself.</summary>
    public required string Command { get; init; }

    /// <summary>Optimiser steps by the plan.</summary>
    public required long Steps { get; init; }

    /// <summary>Where it stands.</summary>
    public required ComparedState State { get; init; }

    /// <summary>Why it failed or was refused, one sentence; absent otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>Active parameters by the plan: active masked weights, norms and biases.</summary>
    public long? ActiveParameters { get; init; }

    /// <summary>Floating-point operations of its whole training by the plan.</summary>
    public double? TrainingFlops { get; init; }

    /// <summary>Of a trial: what it is selected by, measured on the validation split at its last step; absent before.</summary>
    public double? Validation { get; init; }
}

/// <summary>What a run of a comparison is for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ComparedRole>))]
public enum ComparedRole
{
    /// <summary>Its test figures are compared.</summary>
    [JsonStringEnumMemberName("final")]
    Final,

    /// <summary>Its validation figures select settings; it is not measured on the test split.</summary>
    [JsonStringEnumMemberName("trial")]
    Trial,
}

/// <summary>Where a run of a comparison stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ComparedState>))]
public enum ComparedState
{
    /// <summary>It has not ended: not begun, under way or stopped.</summary>
    [JsonStringEnumMemberName("waiting")]
    Waiting,

    /// <summary>All its steps are done and its summary is written.</summary>
    [JsonStringEnumMemberName("finished")]
    Finished,

    /// <summary>It ended before its last step, or could not begin.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>It is impossible and was left out.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,
}
