using NeuroTrails.Metrics.Calibration;
using NeuroTrails.Running;

namespace NeuroTrails.Silo;

/// <summary>Fits temperatures and conformal sets on a run's validation split, and on no other.</summary>
internal static class CalibrationRun
{
    private const string Validation = "validation";

    // Null where there is no validation split, or it is the one to be measured.
    public static async Task<CalibrationEvaluation?> Fit(
        RunPredictor predictor,
        string split,
        Action<RunUpdate> tell,
        TimeProvider time,
        CancellationToken stop
    )
    {
        if (split == Validation || predictor.Count(Validation) == 0)
        {
            tell(
                new RunNotice(
                    split == Validation
                        ? "calibration: none, because it is fitted on the validation split, which is the one that is measured"
                        : "calibration: none, because it is fitted on a validation split and the run has none (data.validation)"
                )
            );
            return null;
        }

        var fit = new CalibrationFit(predictor.Heads, predictor.Record.Classes, predictor.Options.Ensemble.Prediction);
        await predictor.InferAsync(Validation, (logits, labels) => fit.Add(logits, labels), tell, time, stop);
        return await Task.Run(() => fit.Fit(Validation), CancellationToken.None).WaitAsync(stop);
    }
}
