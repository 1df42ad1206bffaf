using NeuroTrails.Client.Report;
using NeuroTrails.Client.Report.Figures;
using NeuroTrails.Configuration;
using NeuroTrails.Metrics;
using NeuroTrails.Silo.Report;
using NeuroTrails.Tests.Metrics;

namespace NeuroTrails.Tests.Report;

/// <summary>What a report computes by itself, against the metrics and against naive ways.</summary>
public sealed class ReportPartsTests
{
    [Fact]
    public void ReliabilityBinsAreThoseOfTheMetric()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var samples = random.Next(1, 60);
            var (confidence, correct) = (new double[samples], new bool[samples]);
            var metric = new ExpectedCalibrationError();
            for (var sample = 0; sample < samples; sample++)
            {
                // Borders of bins among them.
                confidence[sample] = random.Next(3) == 0 ? random.Next(8, 16) / 15.0 : 0.5 + (random.NextDouble() / 2);
                correct[sample] = random.Next(2) == 0;
                metric.Add([confidence[sample], 1 - confidence[sample]], correct[sample] ? 0 : 1);
            }

            var bins = ReliabilityBins.Of(confidence, correct);
            Assert.Equal(metric.Value, bins.Error, 9);
            Assert.Equal(samples, bins.Bins.Sum(bin => bin.Samples));
        }
    }

    // The mean over all coverages is the metric.
    [Fact]
    public void RisksAverageToTheArea()
    {
        var random = new Random(2);
        for (var i = 0; i < 500; i++)
        {
            var samples = random.Next(1, 40);
            var metric = new AreaUnderRiskCoverage();
            var (confidence, correct) = (new double[samples], new bool[samples]);
            for (var sample = 0; sample < samples; sample++)
            {
                confidence[sample] = random.Next(2) == 0 ? random.Next(5, 10) / 10.0 : 0.5 + (random.NextDouble() / 2);
                confidence[sample] = Math.Max(confidence[sample], 0.51);
                correct[sample] = random.Next(2) == 0;
                metric.Add([confidence[sample], 1 - confidence[sample]], correct[sample] ? 0 : 1);
            }

            var risks = PredictionFigures.Risks(
                confidence,
                correct,
                [.. Enumerable.Range(1, samples).Select(answered => (double)answered / samples)]
            );
            Assert.Equal(metric.Value, risks.Average(), 9);
        }
    }

    [Fact]
    public void PairsAverageToTheMetrics()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var drawn = new RandomCase(seed);
            if (drawn.Heads < 2)
            {
                continue;
            }

            var (pairs, disagreement, divergence) = (
                new PairwiseDiversity(drawn.Heads, drawn.Classes),
                new Disagreement(drawn.Heads),
                new KlDiversity(drawn.Heads)
            );
            var (heads_HC, mean_C) = (new double[drawn.Heads * drawn.Classes], new double[drawn.Classes]);
            for (var b = 0; b < drawn.Samples; b++)
            {
                EnsembleAggregator.CombineSample<float>(drawn.Logits_HBC, b, drawn.Samples, PredictionRule.Probabilities, heads_HC, mean_C);
                pairs.Add(heads_HC);
                disagreement.Add(heads_HC);
                divergence.Add(heads_HC);
            }

            Assert.Equal(disagreement.Value!.Value, OffDiagonal(pairs.Disagreement()), 9);
            Assert.Equal(divergence.Value!.Value, OffDiagonal(pairs.Divergence()), 9);
            Assert.All(pairs.Divergence().Index(), row => Assert.Equal(0, row.Item[row.Index]));
        }
    }

    [Fact]
    public void OverlapsAreThoseOfSets()
    {
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var positions = random.Next(1, 100);
            var (a, b) = (Mask(random, positions), Mask(random, positions));
            var (both, either) = (a.Intersect(b).Count(), a.Union(b).Count());
            var (jaccard, chance) = MaskEvidence.Jaccard(
                (Bits(a, positions), a.Count, positions),
                (Bits(b, positions), b.Count, positions)
            );
            Assert.Equal(either == 0 ? 1 : (double)both / either, jaccard, 12);
            Assert.InRange(chance, 0, 1);
            if (a.Count == positions)
            {
                // Nothing is left to chance beside a dense mask.
                Assert.Equal(jaccard, chance, 12);
            }
        }
    }

    // Two of ten each: 10 · 0.2 · 0.2 = 0.4 in both, 3.6 in either.
    [Fact]
    public void ChanceIsByHand() => Assert.Equal(0.4 / 3.6, MaskEvidence.Jaccard(([3, 0], 2, 10), ([12, 0], 2, 10)).Chance, 12);

    [Fact]
    public void GoldilocksRegionIsThatOfTheGoodRuns()
    {
        (string, double, double)[] points =
        [
            ("a", 0.10, 0.90),
            ("a", 0.12, 0.92),
            ("b", 0.20, 0.80),
            ("c", 0.15, 0.905),
            ("c", 0.30, 0.50),
        ];

        // Mean 0.91, deviation 0.0141: from 0.8959 on.
        var region = DiversityFigures.Goldilocks(points)!.Value;
        Assert.Equal((0.10, 0.15), (region.Low, region.High));
        Assert.Null(DiversityFigures.Goldilocks([("a", 0.1, 0.9), ("b", 0.2, 0.8)]));
    }

    [Theory]
    [InlineData("50% & $x_1^2$ {a} #~\\", "50\\% \\& \\$x\\_1\\textasciicircum{}2\\$ \\{a\\} \\#\\textasciitilde{}\\textbackslash{}")]
    [InlineData("1 ± 2\nnext", "1 $\\pm$ 2 next")]
    public void LatexIsEscaped(string text, string expected) => Assert.Equal(expected, LatexTable.Escape(text));

    private static double OffDiagonal(IReadOnlyList<IReadOnlyList<double>> matrix) =>
        matrix.Index().SelectMany(row => row.Item.Where((_, column) => column != row.Index)).Average();

    private static HashSet<int> Mask(Random random, int positions)
    {
        var density = random.Next(4) == 0 ? 1 : random.NextDouble();
        return [.. Enumerable.Range(0, positions).Where(_ => random.NextDouble() < density)];
    }

    private static byte[] Bits(HashSet<int> mask, int positions)
    {
        var bits = new byte[(positions + 7) / 8];
        foreach (var position in mask)
        {
            bits[position / 8] |= (byte)(1 << (position % 8));
        }

        return bits;
    }
}
