using NeuroTrails.Running;

namespace NeuroTrails.Client.Compare;

/// <summary>A run of a comparison with its process.</summary>
internal sealed class ComparisonEntry(ComparedRun run, Candidate candidate, bool isPlanned)
{
    public ComparedRun Run { get; set; } = run;

    // Its settings and what follows from them; of a final run that awaits a selection, those of some trial.
    public Candidate Candidate { get; set; } = candidate;

    public bool IsPlanned { get; set; } = isPlanned;

    public RunProcess? Process { get; set; }

    public Task<int>? Ended { get; set; }

    public string? Device { get; set; }

    public long Started { get; set; }

    // The first step that was seen of this sitting.
    public long? FirstStep { get; set; }

    public long Step { get; set; }

    public double? SecondsPerStep { get; set; }

    public double? Accuracy { get; set; }

    // Whether somebody else was told to be writing it.
    public bool IsHeld { get; set; }

    public RunView View() =>
        new(Run, Candidate.StepCost)
        {
            IsRunning = Process is not null,
            Step = Step,
            SecondsPerStep = SecondsPerStep,
            Accuracy = Accuracy,
        };
}
