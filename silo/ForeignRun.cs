using NeuroTrails.Metrics.OutOfDistribution;
using NeuroTrails.Running;

namespace NeuroTrails.Silo;

/// <summary>Measures how well an ensemble's uncertainty tells samples that are not its data's from a split of its data.</summary>
internal static class ForeignRun
{
    /// <summary>Predicts for both, and compares their scores by each criterion.</summary>
    /// <param name="predictor">The checkpoint, with its data open.</param>
    /// <param name="split">The split whose samples are known.</param>
    /// <param name="file">File or folder of foreign samples.</param>
    /// <param name="remark">Receives what was decided, and where values are not such as training had; the latter as a warning.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>One report for each criterion; mutual information takes two heads.</returns>
    public static async Task<IReadOnlyList<OutOfDistributionReport>> Execute(
        RunPredictor predictor,
        string split,
        string file,
        Action<string, bool> remark,
        CancellationToken stop
    )
    {
        var (known, foreign) = await Predict(predictor, split, file, remark, stop);
        return Reports(known, foreign);
    }

    /// <summary>The same with the entropy of each sample.</summary>
    public static async Task<ForeignEvidence> Evidence(
        RunPredictor predictor,
        string split,
        string file,
        Action<string, bool> remark,
        CancellationToken stop
    )
    {
        var (known, foreign) = await Predict(predictor, split, file, remark, stop);
        return new(known.EntropyN, foreign.EntropyN, Reports(known, foreign));
    }

    private static async Task<(SamplePredictions Known, SamplePredictions Foreign)> Predict(
        RunPredictor predictor,
        string split,
        string file,
        Action<string, bool> remark,
        CancellationToken stop
    )
    {
        var input = await Task.Run(() => PredictionInput.Open(file, predictor, null, "--ood", remark), CancellationToken.None)
            .WaitAsync(stop);
        return (await predictor.PredictAsync(split, stop), await predictor.PredictAsync(input, stop));
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
