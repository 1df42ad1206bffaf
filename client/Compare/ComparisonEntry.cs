using NeuroTrails.Running;

namespace NeuroTrails.Client.Compare;

/// <summary>A run of a comparison with its process.</summary>
/// <param name="run">The run.</param>
/// <param name="candidate">Its settings.</param>
/// <param name="isPlanned">Whether they are final.</param>
internal sealed class ComparisonEntry(ComparedRun run, Candidate candidate, bool isPlanned)
{
    /// <summary>Where it stands, as it is recorded.</summary>
    public ComparedRun Run { get; set; } = run;

    /// <summary>Its settings and what follows from them; of a final run that awaits a selection, those of some trial.</summary>
    public Candidate Candidate { get; set; } = candidate;

    /// <summary>Whether its settings are final.</summary>
    public bool IsPlanned { get; set; } = isPlanned;

    /// <summary>Its process; null where none runs.</summary>
    public RunProcess? Process { get; set; }

    /// <summary>Ends with the process.</summary>
    public Task<int>? Ended { get; set; }

    /// <summary>Where it computes.</summary>
    public string? Device { get; set; }

    /// <summary>Time stamp of its start.</summary>
    public long Started { get; set; }

    /// <summary>The first step that was seen of this sitting.</summary>
    public long? FirstStep { get; set; }

    /// <summary>Steps done.</summary>
    public long Step { get; set; }

    /// <summary>Seconds of a step.</summary>
    public double? SecondsPerStep { get; set; }

    /// <summary>Accuracy of the finished run.</summary>
    public double? Accuracy { get; set; }

    /// <summary>Whether somebody else was told to be writing it.</summary>
    public bool IsHeld { get; set; }

    /// <summary>How it stands at this moment.</summary>
    public RunView View() =>
        new(Run, Candidate.StepCost)
        {
            IsRunning = Process is not null,
            Step = Step,
            SecondsPerStep = SecondsPerStep,
            Accuracy = Accuracy,
        };
}
