using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Metrics;
using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary>Combines the heads' class scores into predictions and measures them; holds nothing but how far it has come.</summary>
/// <param name="time">Clock.</param>
public sealed class PredictorGrain(TimeProvider time) : Grain, IPredictorGrain
{
    private int _measured;

    private IBackboneGrain Backbone => GrainFactory.GetGrain<IBackboneGrain>(GrainKeys.Backbone(this.GetPrimaryKeyString()));

    /// <inheritdoc/>
    public async Task<EnsembleFigures> Measure(MeasureRequest request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var evaluation = new EnsembleEvaluation(request.Heads, request.Classes, Rule(request.FromLogits), request.Confusion);
        for (var start = 0; start < request.Samples; start += request.Batch)
        {
            _measured = start;
            var count = Math.Min(request.Batch, request.Samples - start);
            var range = new InferSplitRequest(request.Generation, request.Split, start, count);
            var logits = await HedgedCalls.Ask(() => Backbone.InferSplit(range), time).WaitAsync(stop);
            evaluation.Add<double>(logits.LogitsHBC, logits.Labels);
        }

        return EnsembleFigures.Of(evaluation, request.Classes);
    }

    /// <inheritdoc/>
    public Task<int> Measured() => Task.FromResult(_measured);

    /// <inheritdoc/>
    public async Task<Predictions> Predict(PredictRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (count, heads, classes) = (request.Count, request.Heads, request.Classes);
        var logits = await Backbone.InferSamples(new(request.Generation, request.Samples));
        var mean_NC = new double[count * classes];
        var heads_NMC = new double[count * heads * classes];
        var entropy_N = new double[count];
        var information_N = new double[count];
        var scratch_C = new double[classes];
        for (var i = 0; i < count; i++)
        {
            var heads_MC = heads_NMC.AsSpan(i * heads * classes, heads * classes);
            var mean_C = mean_NC.AsSpan(i * classes, classes);
            EnsembleAggregator.CombineSample<double>(logits.LogitsHBC, i, count, Rule(request.FromLogits), heads_MC, mean_C);
            entropy_N[i] = Entropy.Of(mean_C);
            information_N[i] = MutualInformation.Of(heads_MC, scratch_C);
        }

        return new(mean_NC, heads_NMC, entropy_N, information_N);
    }

    private static PredictionRule Rule(bool fromLogits) => fromLogits ? PredictionRule.Logits : PredictionRule.Probabilities;
}
