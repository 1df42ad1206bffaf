using NeuroTrails.Data;
using NeuroTrails.Metrics;
using NeuroTrails.Running;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>Goes on with a text, token by token.</summary>
internal static class TextGeneration
{
    /// <summary>Draws tokens from the mean of the heads' probabilities.</summary>
    /// <param name="predictor">The checkpoint.</param>
    /// <param name="plan">Its run's plan.</param>
    /// <param name="request">What to go on with, and how.</param>
    /// <param name="written">Receives the bytes of each token.</param>
    /// <param name="stop">Ends the work.</param>
    /// <exception cref="UserErrorException">The run learnt no text of bytes.</exception>
    public static async Task<GeneratedText> Execute(
        RunPredictor predictor,
        RunPlan plan,
        GenerationRequest request,
        Action<byte[]> written,
        CancellationToken stop
    )
    {
        if (!plan.IsText || plan.Data.Classes != TextSplits.Vocabulary)
        {
            throw new UserErrorException(
                $"{plan.Network.Name} of this run did not learn a text of bytes. Allowed: runs whose data.name is text or tinyshakespeare. "
                    + "Change --run."
            );
        }

        ArgumentOutOfRangeException.ThrowIfZero(request.Prompt.Length, nameof(request));
        var tokens = request.Prompt.Select(value => (long)value).ToList();
        var random = new CounterRandom(request.Seed, RandomStream.Generation);
        var (surprise, disagreements) = (0.0, 0.0);
        for (var count = 0; count < request.Tokens; count++)
        {
            var heads_MV = await predictor.NextAsync(tokens).WaitAsync(stop);
            var mean_V = new double[heads_MV[0].Length];
            EnsembleAggregator.MeanOverHeads(heads_MV.SelectMany(head => head).ToArray(), mean_V);
            var token = NextToken.Draw(mean_V, request.Temperature, request.TopP, ref random);
            surprise -= NegativeLogLikelihood.SafeLog(mean_V[token]);
            disagreements += heads_MV.Select(head => ArgMax.Of(head)).Distinct().Count() > 1 ? 1 : 0;
            tokens.Add(token);
            written([(byte)token]);
        }

        return new(request.Tokens, predictor.Step, surprise / request.Tokens, predictor.Heads > 1 ? disagreements / request.Tokens : null);
    }
}
