using NeuroTrails.Metrics;

namespace NeuroTrails.Tests.Metrics;

/// <summary>Diversity of heads, by hand.</summary>
public sealed class DiversityMetricTests
{
    [Fact]
    public void DisagreementIsTheShareOfPairsThatDiffer()
    {
        // Predictions 0, 0, 1: pairs (0,2) and (1,2) of three. Then all agree. Mean (2/3 + 0)/2 = 1/3.
        var metric = new Disagreement(3);
        metric.Add([0.9, 0.1, 0.6, 0.4, 0.2, 0.8]);
        metric.Add([0.9, 0.1, 0.6, 0.4, 0.5, 0.5]);
        Assert.Equal(1.0 / 3, metric.Value!.Value, 15);
    }

    [Fact]
    public void DivergenceIsTheMeanOfBothDirections()
    {
        // KL([½,½]‖[¼,¾]) = ½ ln 2 + ½ ln ⅔ = 0.143841; KL([¼,¾]‖[½,½]) = ¼ ln ½ + ¾ ln 1.5 = 0.130812; mean 0.137327 = ⅛ ln 3.
        var metric = new KlDiversity(2);
        metric.Add([0.5, 0.5, 0.25, 0.75]);
        Assert.Equal(Math.Log(3) / 8, metric.Value!.Value, 15);
    }

    [Fact]
    public void DivergenceOverOrderedPairsOfThree()
    {
        // Heads a, a, b with KL(a‖b) + KL(b‖a) = ¼ ln 3: ordered pairs (a,b), (b,a) twice over, (a,a) twice with 0: 2 · ¼ ln 3 / 6.
        var metric = new KlDiversity(3);
        metric.Add([0.5, 0.5, 0.5, 0.5, 0.25, 0.75]);
        Assert.Equal(Math.Log(3) / 12, metric.Value!.Value, 15);
    }

    [Fact]
    public void DivergenceFromAnImpossibleClassStaysFinite()
    {
        // [1,0] and [0,1]: both directions 744.44, the logarithm's floor.
        var metric = new KlDiversity(2);
        metric.Add([1, 0, 0, 1]);
        Assert.Equal(744.4400719213812, metric.Value!.Value, 9);
    }

    [Fact]
    public void InformationIsTheEntropyThatAgreementWouldRemove()
    {
        // Opposite certainties: H([½,½]) − 0 = ln 2. Equal coins: ln 2 − ln 2 = 0. Mean ln 2 / 2.
        var metric = new MutualInformation(2);
        metric.Add([1, 0, 0, 1]);
        metric.Add([0.5, 0.5, 0.5, 0.5]);
        Assert.Equal(Math.Log(2) / 2, metric.Value!.Value, 15);
    }

    [Fact]
    public void EqualHeadsAreExactlyNotDiverse()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 1000; trial++)
        {
            var p = random.NextDouble();
            double[] heads_HC = [p, 1 - p, p, 1 - p, p, 1 - p];
            IDiversityMetric[] metrics = [new Disagreement(3), new KlDiversity(3)];
            foreach (var metric in metrics)
            {
                metric.Add(heads_HC);
                Assert.Equal(0.0, metric.Value);
            }

            var information = new MutualInformation(3);
            information.Add(heads_HC);
            Assert.InRange(information.Value!.Value, 0, 1e-15);
        }
    }

    [Fact]
    public void OneHeadHasNoDiversity()
    {
        IDiversityMetric[] metrics = [new Disagreement(1), new KlDiversity(1), new MutualInformation(1)];
        foreach (var metric in metrics)
        {
            metric.Add([0.3, 0.7]);
            Assert.Equal(1, metric.Count);
            Assert.Null(metric.Value);
        }
    }

    [Fact]
    public void FaultsAreNamed()
    {
        IDiversityMetric[] metrics = [new Disagreement(2), new KlDiversity(2), new MutualInformation(2)];
        foreach (var metric in metrics)
        {
            Assert.Throws<ArgumentException>(() => metric.Add([0.5, 0.25, 0.25]));
            Assert.Throws<InvalidOperationException>(() => metric.Value);
            var error = Assert.Throws<UserErrorException>(() => metric.Add([0.5, 0.5, double.NaN, 0.5]));
            Assert.Contains("NaN", error.Message, StringComparison.Ordinal);
        }
    }
}
