namespace NeuroTrails.Running;

/// <summary>How a call to train ended.</summary>
/// <param name="Outcome">Finished, finished before, or interrupted.</param>
/// <param name="Step">Optimiser steps applied so far.</param>
/// <param name="TotalSteps">Optimiser steps of the whole run.</param>
/// <param name="Summary">The figures of the finished run; absent where it was interrupted.</param>
public sealed record TrainResult(TrainOutcome Outcome, long Step, long TotalSteps, RunSummary? Summary);

/// <summary>Ways in which a call to train ends without a failure.</summary>
public enum TrainOutcome
{
    /// <summary>All steps are done and <c>summary.json</c> is written.</summary>
    Finished,

    /// <summary>The run had been finished by an earlier call; nothing was done.</summary>
    AlreadyFinished,

    /// <summary>Stopped by request; the newest checkpoint holds <see cref="TrainResult.Step"/>.</summary>
    Interrupted,

    /// <summary>The client left; the run goes on in its cluster.</summary>
    Left,
}
