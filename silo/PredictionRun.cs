using NeuroTrails.Checkpoints;
using NeuroTrails.Running;

namespace NeuroTrails.Silo;

/// <summary>Predicts for the samples of a file and writes the result.</summary>
internal static class PredictionRun
{
    public static async Task<PredictionResult> Execute(
        PredictionRequest request, string format, RunPredictor predictor, OutputFile output, Action<string, bool> remark, CancellationToken stop)
    {
        var (samples, names) = await Task.Run(() => PredictionInput.Read(request.InputFile, predictor, request.Scale, remark), CancellationToken.None).WaitAsync(stop);
        var predicted = await predictor.PredictScaledAsync(samples, stop);
        output.Write(stream => new PredictionOutput(predicted, predictor.Record.ClassNames, names).Write(stream, format), stop);
        return new(predicted.Count, predicted.Classes, predicted.Heads, predictor.Step);
    }
}
