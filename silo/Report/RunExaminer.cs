using NeuroTrails.Metrics;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Report;

/// <summary>Looks at a checkpoint for a report: predicts the run's result split once, and reads the masks.</summary>
internal static class RunExaminer
{
    private const string Validation = "validation";

    /// <summary>Gathers what a report shows.</summary>
    /// <param name="run">The checkpoint, with its data open.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="metrics">What to measure.</param>
    /// <param name="remark">Receives what was decided, and what is strange as a warning.</param>
    /// <param name="stop">Ends the work.</param>
    public static async Task<RunEvidence> Examine(
        FoundRun run,
        EvidenceRequest request,
        MetricCatalogue metrics,
        Action<string, bool> remark,
        CancellationToken stop
    )
    {
        var split = run.Description.ResultSplitOf(run.Plan.Options.Evaluation);
        await using var predictor = await RunPredictor.OpenAsync(run, stop);
        double? temperature = split != Validation && predictor.Count(Validation) > 0 ? await Temperature(predictor, stop) : null;
        var evidence = new PredictionEvidence(
            predictor.Heads,
            predictor.Record,
            predictor.Options.Ensemble.Prediction,
            metrics,
            temperature,
            request.Disputed
        );
        await foreach (var (batch, logits_MBC) in predictor.InferAsync(split, stop))
        {
            evidence.Add(batch, logits_MBC);
        }

        var (masks, overlaps) = await Task.Run(() => MaskEvidence.Read(run.Plan, run.Checkpoint.Folder), CancellationToken.None)
            .WaitAsync(stop);
        return evidence.Result(split, predictor.Step, predictor.Record.ClassNames, predictor.Member) with
        {
            Masks = masks,
            Overlaps = overlaps,
            Foreign = request.Foreign is null ? null : await ForeignRun.Evidence(predictor, split, request.Foreign, remark, stop),
        };
    }

    // On the logarithm of the combined prediction, as it is reported.
    private static async Task<double> Temperature(RunPredictor predictor, CancellationToken stop)
    {
        var classes = predictor.Record.Classes;
        var labels = new List<long>();
        var predictions = await predictor.PredictAsync(Validation, labels, stop);
        PredictionEvidence.Logarithms(predictions.MeanNC, predictions.MeanNC);
        return TemperatureScaling.Fit(predictions.MeanNC, [.. labels], classes);
    }
}
