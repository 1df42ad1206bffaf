using NeuroTrails.Checkpoints;
using NeuroTrails.Running;

namespace NeuroTrails.Silo;

/// <summary>Predicts for the samples of a file and writes the result.</summary>
internal static class PredictionRun
{
    public static async Task<PredictionResult> Execute(
        PredictionRequest request,
        string format,
        RunPredictor predictor,
        OutputFile output,
        Action<string, bool> remark,
        CancellationToken stop
    )
    {
        var samples = await Task.Run(
                () => PredictionInput.Open(request.InputFile, predictor, request.Scale, "--input", remark),
                CancellationToken.None
            )
            .WaitAsync(stop);
        var predicted = await predictor.PredictAsync(samples, stop);
        output.Write(stream => new PredictionOutput(predicted, predictor.Record.ClassNames, samples.Names).Write(stream, format), stop);
        return new(predicted.Count, predicted.Classes, predicted.Heads, predictor.Step, predictor.Member);
    }
}
