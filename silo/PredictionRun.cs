using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Silo;

/// <summary>Predicts for the samples of a file, chunk by chunk, and writes the result.</summary>
internal static class PredictionRun
{
    public static async Task<PredictionResult> Execute(PredictionRequest request, string format, OpenedRun run, IPredictorGrain predictor, OutputFile output, Action<string> remark, CancellationToken stop)
    {
        var (plan, options) = (run.Plan, run.Plan.Options);
        var (heads, classes) = (plan.Heads, plan.Data.Classes);
        var (samples, count) = await Task.Run(() => PredictionInput.Read(request.InputFile, run.Record, request.Scale, remark), CancellationToken.None).WaitAsync(stop);
        var length = (int)plan.Network.Input.Elements;
        var mean_NC = new double[count * classes];
        var heads_NMC = new double[count * heads * classes];
        var entropy_N = new double[count];
        var information_N = new double[count];
        for (var start = 0; start < count; start += options.Evaluation.Batch)
        {
            var size = Math.Min(options.Evaluation.Batch, count - start);
            var chunk = Normalised(run, samples.AsSpan(start * length, size * length));
            var fromLogits = options.Ensemble.Prediction == PredictionRule.Logits;
            var predicted = await predictor.Predict(new(run.Generation, chunk, size, heads, classes, fromLogits)).WaitAsync(stop);
            predicted.MeanNC.CopyTo(mean_NC, start * classes);
            predicted.HeadsNMC.CopyTo(heads_NMC, start * heads * classes);
            predicted.EntropyN.CopyTo(entropy_N, start);
            predicted.MutualInformationN.CopyTo(information_N, start);
        }

        output.Write(stream => new PredictionOutput(heads, classes, mean_NC, heads_NMC, entropy_N, information_N).Write(stream, format), stop);
        return new(count, classes, heads, run.Step);
    }

    private static float[] Normalised(OpenedRun run, ReadOnlySpan<float> samples)
    {
        var values = samples.ToArray();
        if (run.Record.Normalisation is not { } constants)
        {
            return run.Data!.Normalise(values).Pixels;
        }

        var length = run.Record.SampleShape.Length;
        for (var at = 0; at < values.Length; at += length)
        {
            var sample = values.AsSpan(at, length);
            constants.Apply(sample, sample, run.Record.SampleShape);
        }

        return values;
    }
}
