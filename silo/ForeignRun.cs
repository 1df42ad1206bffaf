using NeuroTrails.Metrics.OutOfDistribution;
using NeuroTrails.Running;

namespace NeuroTrails.Silo;

/// <summary>Measures how well an ensemble's uncertainty tells samples that are not its data's from a split of its data.</summary>
internal static class ForeignRun
{
    public static async Task<ForeignEvidence> Evidence(
        RunPredictor predictor,
        string split,
        string file,
        Action<string, bool> remark,
        CancellationToken stop
    )
    {
        var input = await Task.Run(() => PredictionInput.Open(file, predictor, null, "--ood", remark), CancellationToken.None)
            .WaitAsync(stop);
        var (known, foreign) = (await predictor.PredictAsync(split, stop), await predictor.PredictAsync(input, stop));
        return new(known.EntropyN, foreign.EntropyN, Reports(known, foreign));
    }

    private static IReadOnlyList<OutOfDistributionReport> Reports(SamplePredictions known, SamplePredictions foreign) =>
        [
            .. Enum.GetValues<OutOfDistributionCriterion>()
                .Where(criterion => criterion != OutOfDistributionCriterion.MutualInformation || known.Heads > 1)
                .Select(criterion =>
                {
                    var (scores, others) = (Scores(known, criterion), Scores(foreign, criterion));
                    return new OutOfDistributionReport(
                        criterion,
                        scores.Length,
                        others.Length,
                        Auroc.Of(scores, others),
                        Aupr.Of(scores, others),
                        Fpr95.Of(scores, others)
                    );
                }),
        ];

    private static double[] Scores(SamplePredictions predictions, OutOfDistributionCriterion criterion)
    {
        var (heads, classes) = (predictions.Heads * predictions.Classes, predictions.Classes);
        var scores = new double[predictions.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = ForeignScore.Of(
                criterion,
                predictions.MeanNC.AsSpan(i * classes, classes),
                predictions.HeadsNMC.AsSpan(i * heads, heads)
            );
        }

        return scores;
    }
}
