using NeuroTrails.Configuration;
using NeuroTrails.Metrics;

namespace NeuroTrails.Tests.Metrics;

/// <summary>How heads become one prediction.</summary>
public sealed class EnsembleAggregatorTests
{
    private static readonly double Ln3 = Math.Log(3);

    [Fact]
    public void TheRulesDifferAsTheirDefinitionsSay()
    {
        // Heads [0, 0] → [½, ½] and [0, ln 3] → [¼, ¾]. Probabilities: [0.375, 0.625].
        // Logits: mean [0, ln 3 / 2] → [1, √3] / (1 + √3) = [0.3660, 0.6340].
        double[] logits_HBC = [0, 0, 0, Ln3];
        Near([0.375, 0.625], Combine(logits_HBC, 2, 2, PredictionRule.Probabilities));
        Near([1 / (1 + Math.Sqrt(3)), Math.Sqrt(3) / (1 + Math.Sqrt(3))], Combine(logits_HBC, 2, 2, PredictionRule.Logits));
    }

    [Fact]
    public void HugeLogitsDoNotOverflow()
    {
        Near([0.5, 0.5, 0], Combine([3e38f, 3e38f, -3e38f], 1, 3, PredictionRule.Probabilities));
        // Certain of class 0 by 10^300, and [¼, ¾, 0] with an impossible third class: mean [0.625, 0.375, 0].
        Near(
            [0.625, 0.375, 0],
            Combine([1e300, 0, double.NegativeInfinity, 0, Ln3, double.NegativeInfinity], 2, 3, PredictionRule.Probabilities)
        );
    }

    [Theory]
    [InlineData(PredictionRule.Probabilities)]
    [InlineData(PredictionRule.Logits)]
    public void OneHeadIsTheSingleModelExactly(PredictionRule rule)
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var one = new RandomCase(seed, heads: 1);
            var combined = Combine(one.Logits_HBC, 1, one.Classes, rule);
            for (var b = 0; b < one.Samples; b++)
            {
                var alone = new double[one.Classes];
                Softmax.Of<float>(one.Logits_HBC.AsSpan(b * one.Classes, one.Classes), alone);
                Assert.Equal(alone, combined[(b * one.Classes)..((b + 1) * one.Classes)]);
            }
        }
    }

    [Fact]
    public void MatchesThePlainDefinition()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var any = new RandomCase(seed);
            var combined = Combine(any.Logits_HBC, any.Heads, any.Classes, PredictionRule.Probabilities);
            for (var b = 0; b < any.Samples; b++)
            {
                Near(any.Mean(b), combined[(b * any.Classes)..((b + 1) * any.Classes)]);
            }
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void ADivergedNetworkIsNamed(float bad)
    {
        var error = Assert.Throws<UserErrorException>(() => Combine([0f, bad], 1, 2, PredictionRule.Logits));
        Assert.Contains("diverged", error.Message, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() =>
            Combine([float.NegativeInfinity, float.NegativeInfinity], 1, 2, PredictionRule.Probabilities)
        );
    }

    [Fact]
    public void LengthsThatDoNotFitAreRefused()
    {
        Assert.Throws<ArgumentException>(() =>
            EnsembleAggregator.Combine<float>([0, 0, 0], 2, 2, PredictionRule.Probabilities, new double[2])
        );
        Assert.Throws<ArgumentException>(() =>
            EnsembleAggregator.Combine<float>([0, 0, 0], 1, 2, PredictionRule.Probabilities, new double[3])
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            EnsembleAggregator.Combine<float>([0, 0], 0, 2, PredictionRule.Probabilities, new double[2])
        );
    }

    private static double[] Combine<T>(T[] logits_HBC, int heads, int classes, PredictionRule rule)
        where T : struct, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var probabilities_BC = new double[logits_HBC.Length / heads];
        EnsembleAggregator.Combine<T>(logits_HBC, heads, classes, rule, probabilities_BC);
        return probabilities_BC;
    }

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], actual[k], 1e-13);
        }
    }
}
