using NeuroTrails.Metrics;

namespace NeuroTrails.Tests.Metrics;

/// <summary>Cases worked out by hand, one metric after another.</summary>
public sealed class PredictionMetricTests
{
    [Fact]
    public void AccuracyCountsTheFirstOfEqualClasses()
    {
        // Right; wrong; a tie of classes 1 and 2 that counts as 1, which is right; the same tie with label 2, which is wrong. 2 of 4.
        var value = Of(new Accuracy(), ([0.9, 0.1, 0], 0), ([0.9, 0.1, 0], 1), ([0.2, 0.4, 0.4], 1), ([0.2, 0.4, 0.4], 2));
        Assert.Equal(0.5, value);
    }

    [Fact]
    public void TopFiveAccuracyCountsTheFirstFiveOfEqualClasses()
    {
        // Sixth of six equal ones: out. Fifth: in. Sixth by rank: out. Least of five classes: in. 2 of 4.
        var equal = Enumerable.Repeat(1 / 6.0, 6).ToArray();
        var value = Of(
            new TopFiveAccuracy(),
            (equal, 5),
            (equal, 4),
            ([0.3, 0.2, 0.15, 0.15, 0.12, 0.08], 5),
            ([0.5, 0.2, 0.2, 0.1, 0], 4)
        );
        Assert.Equal(0.5, value);
    }

    [Fact]
    public void ClassWiseCalibrationComparesEachClassWithHowOftenItIsTrue()
    {
        // Class 0: bins of 0.9 (once true of two) and 0.2 (not true): |1 − 1.8| + |0 − 0.2| = 1. Class 1: 0.1 (once), 0.8 (true):
        // |1 − 0.2| + |1 − 0.8| = 1. Mean over classes and three samples: 1/3.
        var value = Of(new ClassWiseCalibrationError(), ([0.9, 0.1], 0), ([0.9, 0.1], 1), ([0.2, 0.8], 1));
        Assert.Equal(1 / 3.0, value, 15);
        Assert.Equal(0, Of(new ClassWiseCalibrationError(), ([1, 0], 0), ([0, 1], 1)));
    }

    [Fact]
    public void LikelihoodIsTheMeanNegativeNaturalLogarithm()
    {
        // (ln 2 + ln 4 + 0) / 3 = ln 8 / 3 = ln 2 = 0.69314718…
        var value = Of(new NegativeLogLikelihood(), ([0.5, 0.5], 1), ([0.25, 0.75], 0), ([1, 0], 0));
        Assert.Equal(0.693147180559945309, value, 15);
    }

    [Fact]
    public void AnImpossibleClassThatComesTrueCostsAFiniteAmount()
    {
        // The smallest positive float64 is 2^−1074, and 1074 ln 2 = 744.4400719213812.
        var value = Of(new NegativeLogLikelihood(), ([1, 0], 1));
        Assert.Equal(744.4400719213812, value, 10);
    }

    [Fact]
    public void PerplexityIsOverTokensAndNotOverBatches()
    {
        // Probabilities 1/2, 1/8: exp((ln 2 + ln 8)/2) = sqrt(16) = 4. The mean of the two perplexities would be 5.
        Assert.Equal(4, Of(new Perplexity(), ([0.5, 0.5], 0), ([0.125, 0.875], 0)), 12);
    }

    [Fact]
    public void BrierSumsOverAllClasses()
    {
        // [0.7, 0.2, 0.1] and label 1: 0.49 + 0.64 + 0.01 = 1.14. Certain and wrong: 2. Certain and right: 0. Mean 3.14/3.
        var value = Of(new Brier(), ([0.7, 0.2, 0.1], 1), ([1, 0, 0], 2), ([0, 1, 0], 1));
        Assert.Equal(3.14 / 3, value, 15);
    }

    [Fact]
    public void EntropyIsInNatsAndZeroForCertainty()
    {
        // ln 2 for the coin, 0 for certainty, ln 4 for the uniform one of four: 3 ln 2 / 3.
        var value = Of(new PredictiveEntropy(), ([0.5, 0.5, 0, 0], 0), ([0, 1, 0, 0], 0), ([0.25, 0.25, 0.25, 0.25], 0));
        Assert.Equal(Math.Log(2), value, 15);
    }

    [Fact]
    public void CalibrationBinsAreOpenBelowAndClosedAbove()
    {
        // Two bins. 0.5 belongs to (0, 0.5], 0.6 and 1 to (0.5, 1].
        // Bin 1: right, confidence 0.5: gap 0.5. Bin 2: one right of two, confidences 1.6: |1 − 1.6| = 0.6. (0.5 + 0.6) / 3.
        var value = Of(new ExpectedCalibrationError(2), ([0.5, 0.5], 0), ([0.6, 0.4], 1), ([1, 0], 0));
        Assert.Equal(1.1 / 3, value, 15);
    }

    [Fact]
    public void EveryBinBorderBelongsToTheBinBelow()
    {
        for (var bins = 1; bins <= 200; bins++)
        {
            for (var k = 1; k <= bins; k++)
            {
                var border = (double)k / bins;
                Assert.Equal(k - 1, ExpectedCalibrationError.BinOf(border, bins));
                Assert.Equal(Math.Min(k, bins - 1), ExpectedCalibrationError.BinOf(Math.BitIncrement(border), bins));
            }
        }
    }

    [Fact]
    public void AdaptiveCalibrationCutsByCount()
    {
        // Ranked 0.6 wrong, 0.7 right | 0.8 right, 0.9 right: (|1 − 1.3| + |2 − 1.7|) / 4 = 0.15.
        (double[], int)[] samples = [([0.9, 0.1], 0), ([0.6, 0.4], 1), ([0.8, 0.2], 0), ([0.7, 0.3], 0)];
        Assert.Equal(0.15, Of(new AdaptiveCalibrationError(2), samples), 15);
    }

    [Fact]
    public void AdaptiveCalibrationSharesEqualConfidencesAmongBins()
    {
        // Four samples at 0.75, one of them right: each counts 1/4, so both bins have gap |2/4 − 1.5| = 1, together 2/4 = 0.5, in whatever
        // order they come.
        (double[], int)[] samples = [([0.75, 0.25], 0), ([0.75, 0.25], 1), ([0.75, 0.25], 1), ([0.75, 0.25], 1)];
        Assert.Equal(0.5, Of(new AdaptiveCalibrationError(2), samples), 15);
        Assert.Equal(0.5, Of(new AdaptiveCalibrationError(2), [.. samples.Reverse()]), 15);
    }

    [Fact]
    public void RiskCoverageAveragesTheErrorRateOfTheMostConfident()
    {
        // Right, wrong, right from the most confident down: (0/1 + 1/2 + 1/3) / 3 = 5/18.
        Assert.Equal(5.0 / 18, Of(new AreaUnderRiskCoverage(), ([0.7, 0.3], 0), ([0.9, 0.1], 0), ([0.8, 0.2], 1)), 15);
    }

    [Fact]
    public void RiskCoverageOfEqualConfidencesIsTheMeanOverTheirOrders()
    {
        // Two orders of one right and one wrong: (0 + 1/2)/2 = 0.25 and (1 + 1/2)/2 = 0.75; mean 0.5.
        Assert.Equal(0.5, Of(new AreaUnderRiskCoverage(), ([0.8, 0.2], 0), ([0.8, 0.2], 1)), 15);
    }

    [Fact]
    public void NothingHasNoMean()
    {
        IPredictionMetric[] metrics =
        [
            new Accuracy(),
            new NegativeLogLikelihood(),
            new Perplexity(),
            new Brier(),
            new PredictiveEntropy(),
            new ExpectedCalibrationError(),
            new AdaptiveCalibrationError(),
            new AreaUnderRiskCoverage(),
        ];
        foreach (var metric in metrics)
        {
            Assert.Throws<InvalidOperationException>(() => metric.Value);
            Assert.Throws<UserErrorException>(() => metric.Add([0.5, double.NaN], 1));
            Assert.Equal(0, metric.Count);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void ALabelThatIsNoClassIsNamed(int label)
    {
        var error = Assert.Throws<UserErrorException>(() => new Accuracy().Add([0.5, 0.5], label));
        Assert.Contains($"A label is {label}", error.Message, StringComparison.Ordinal);
        Assert.Contains("0 to 1", error.Message, StringComparison.Ordinal);
    }

    private static double Of(IPredictionMetric metric, params (double[] Probabilities, int Label)[] samples)
    {
        foreach (var (probabilities, label) in samples)
        {
            metric.Add(probabilities, label);
        }

        Assert.Equal(samples.Length, metric.Count);
        return metric.Value;
    }
}
