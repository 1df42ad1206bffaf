using System.Text.Json;
using System.Text.Json.Nodes;
using NeuroTrails.Configuration;
using NeuroTrails.Files;
using NeuroTrails.Running;

namespace NeuroTrails.Grains;

internal sealed partial class RunBook
{
    public void Measured(long step, string split, EnsembleFigures measured)
    {
        telemetry.Accuracy(split, measured.Accuracy);
        Check();
        var line = new JsonObject { ["step"] = step, ["split"] = split };
        foreach (var (name, value) in measured.Values)
        {
            line[name] = value;
            telemetry.Figure(split, name, value);
        }

        line["split_head_accuracy"] = Numbers(measured.HeadAccuracy);
        _metrics!.Append(line);
        _board.Measured(step, split, measured);
        updates.Add(new RunMeasured(step, split, measured.Accuracy, measured.Nll, measured.HeadAccuracy, measured.Ece, measured.Member));
    }

    public bool HasMeasured(long step, string split) =>
        RegularFile
            .ReadLines(_folder.MetricsPath)
            .Any(line => RunTotals.TryMeasured(line) is { } found && found.Step == step && found.Split == split);

    public void RecordBest(long step, EnsembleFigures measured)
    {
        if (!(_store.Best?.Value <= measured.Nll))
        {
            _store.RecordBest(new(step, BestMetric, measured.Nll));
        }
    }

    public RunSummary Finish(EnsembleFigures result, double density)
    {
        Check();
        var size = plan.Method.FinishedSize(plan);
        var summary = new RunSummary(result)
        {
            Split = run.Data.ResultSplitOf(plan.Options.Evaluation),
            Prediction = plan.Options.Ensemble.Prediction.Word(),
            Heads = plan.Heads,
            Density = density,
            ActiveParameters = size.ActiveParameters,
            DenseParameters = size.Parameters,
            ActiveWeights = size.ActiveWeights,
            Weights = size.MaskedParameters,
            InferenceFlops = plan.InferenceFlops,
            TrainingFlops = plan.TrainingFlops,
            TopologyUpdates = _totals.TopologyUpdates,
            Dropped = _totals.Dropped,
            Grown = _totals.Grown,
            Steps = plan.TotalSteps,
            TrainSeconds = _totals.Seconds,
            PeakMib = runtime.PeakMib?.Invoke(),
            CpuJoules = _totals.CpuJoules,
            Runtime = runtime.Text,
        };
        AtomicFile.WriteAllText(_folder.SummaryPath, JsonSerializer.Serialize(summary, RunJson.Default.RunSummary) + "\n");
        return summary;
    }

    // Writes down why the run failed; a disk that takes nothing more, which may be the very reason, is let be.
    public void Fail(RunFailure failure)
    {
        try
        {
            // A folder that has taken the place of the run's is not ours to write, nor is one that somebody else writes.
            leases.Check(_folder);
            Claim();
            Check();
            AtomicFile.WriteAllText(_folder.SummaryPath, JsonSerializer.Serialize(new(failure), RunJson.Default.FailedRun) + "\n");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or UserErrorException)
        {
            GrainLog.FailureNotWritten(logger, fault, run.RunId);
        }
    }
}
