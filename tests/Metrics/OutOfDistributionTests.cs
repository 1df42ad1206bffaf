using NeuroTrails.Configuration;
using NeuroTrails.Metrics.OutOfDistribution;

namespace NeuroTrails.Tests.Metrics;

/// <summary>Telling foreign samples from known ones.</summary>
public sealed class OutOfDistributionTests
{
    [Fact]
    public void AHandfulByHand()
    {
        // Pairs (1,2) (1,3) (2,3) right, (2,2) tied: 3.5 / 4. Precision 1 at recall ½, then 2/3 at recall 1: ½ + ⅓.
        // 95 % of two foreign is both, at threshold 2, where one of two known is flagged.
        double[] known = [1, 2],
            foreign = [2, 3];
        Assert.Equal(0.875, Auroc.Of(known, foreign));
        Assert.Equal(5.0 / 6, Aupr.Of(known, foreign), 15);
        Assert.Equal(0.5, Fpr95.Of(known, foreign));
    }

    [Fact]
    public void NineteenOfTwentyAreNinetyFivePercent()
    {
        // 19 foreign at 1, one at −1; known at 0. Threshold 1 finds 95 % and flags nobody.
        double[] foreign = [.. Enumerable.Repeat(1.0, 19), -1];
        Assert.Equal(0, Fpr95.Of([0, 0], foreign));
        Assert.Equal(1, Fpr95.Of([0, 0], [.. foreign[1..], -1]));
    }

    [Fact]
    public void FiguresMatchTheirDefinitions()
    {
        var random = new Random(3);
        for (var trial = 0; trial < 3000; trial++)
        {
            var levels = random.Next(1, 30);
            var known = Scores(random, levels);
            var foreign = Scores(random, levels);
            Assert.Equal(NaiveMetrics.Auroc(known, foreign), Auroc.Of(known, foreign), 1e-12);
            Assert.Equal(NaiveMetrics.Aupr(known, foreign), Aupr.Of(known, foreign), 1e-12);
            Assert.Equal(NaiveMetrics.Fpr95(known, foreign), Fpr95.Of(known, foreign));
            Assert.Equal(1, Auroc.Of(known, foreign) + Auroc.Of(foreign, known), 12);
        }
    }

    [Theory]
    [InlineData(OutOfDistributionCriterion.Msp)]
    [InlineData(OutOfDistributionCriterion.Entropy)]
    [InlineData(OutOfDistributionCriterion.MutualInformation)]
    public void UncertainSamplesAreForeign(OutOfDistributionCriterion criterion)
    {
        // Known: both heads sure of class 0. Foreign: each head sure of another class, so that
        // confidence, entropy and disagreement all tell.
        var evaluation = new OutOfDistributionEvaluation(2, 2, criterion);
        evaluation.AddKnown<float>([9, 0, 9, 0, 9, 0, 9, 0]);
        evaluation.AddForeign<float>([9, 0, 0, 9]);
        Assert.Equal(new OutOfDistributionReport(criterion, 2, 1, 1, 1, 0), evaluation.Result());
    }

    [Fact]
    public void ScoresAreTheirDefinitions()
    {
        double[] ensemble_C = [0.5, 0.5],
            heads_HC = [1, 0, 0, 1];
        Assert.Equal(-0.5, ForeignScore.Of(OutOfDistributionCriterion.Msp, ensemble_C, heads_HC));
        Assert.Equal(Math.Log(2), ForeignScore.Of(OutOfDistributionCriterion.Entropy, ensemble_C, heads_HC), 15);
        Assert.Equal(Math.Log(2), ForeignScore.Of(OutOfDistributionCriterion.MutualInformation, ensemble_C, heads_HC), 15);
    }

    [Fact]
    public void FaultsAreNamed()
    {
        var single = new OutOfDistributionEvaluation(1, 2, OutOfDistributionCriterion.MutualInformation, PredictionRule.Logits);
        Assert.Contains(
            "at least 2 heads",
            Assert.Throws<UserErrorException>(() => single.AddKnown<float>([0, 1])).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => single.AddForeign<float>([0, 1, 2]));
        Assert.Throws<UserErrorException>(() => single.Result());
        Assert.Throws<UserErrorException>(() => Auroc.Of([1], []));
        Assert.Throws<UserErrorException>(() => Aupr.Of([double.NaN], [1]));
    }

    private static double[] Scores(Random random, int levels) =>
        [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(levels) / 7.0)];
}
