using NeuroTrails.Configuration;
using NeuroTrails.Metrics;

namespace NeuroTrails.Tests.Metrics;

/// <summary>The whole report against the plain definitions, on thousands of random ensembles.</summary>
public sealed class EnsembleEvaluationTests
{
    [Fact]
    public void EveryFigureMatchesItsDefinition()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var any = new RandomCase(seed);
            var report = Evaluate(any);
            var p = Enumerable.Range(0, any.Samples).Select(any.Mean).ToArray();
            Assert.Equal(any.Samples, report.Count);
            Near(NaiveMetrics.Nll(p, any.Labels_B), report["nll"], seed);
            Near(NaiveMetrics.Brier(p, any.Labels_B), report["brier"], seed);
            Near(p.Average(NaiveMetrics.Entropy), report["entropy"], seed);
        }
    }

    [Fact]
    public void ConfusionCountsEachSampleOnceInTheRowOfItsClass()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var any = new RandomCase(seed);
            var evaluation = new EnsembleEvaluation(any.Heads, any.Classes, confusion: true);
            evaluation.Add<float>(any.Logits_HBC, any.Labels_B);
            var rows = evaluation.Result().Confusion!.Chunk(any.Classes).ToArray();
            Assert.Equal(
                Enumerable.Range(0, any.Classes).Select(label => any.Labels_B.LongCount(other => other == label)),
                rows.Select(row => row.Sum())
            );
            Assert.Equal(
                evaluation.Result().Values["accuracy"],
                Enumerable.Range(0, any.Classes).Sum(label => rows[label][label]) / (double)any.Samples,
                1e-12
            );
            Assert.Null(Evaluate(any).Confusion);
        }
    }

    [Fact]
    public void RankedFiguresMatchTheirDefinitions()
    {
        for (var seed = 0; seed < 1500; seed++)
        {
            // Rankings are compared on the product's own probabilities: a last-bit difference may make or break a tie, and both are right.
            var any = new RandomCase(seed);
            var flat = new double[any.Samples * any.Classes];
            EnsembleAggregator.Combine<float>(any.Logits_HBC, any.Heads, any.Classes, PredictionRule.Probabilities, flat);
            var p = flat.Chunk(any.Classes).ToArray();
            var report = Evaluate(any);
            Near(NaiveMetrics.Accuracy(p, any.Labels_B), report["accuracy"], seed);
            Near(NaiveMetrics.Ece(p, any.Labels_B, 15), report["ece"], seed);
            Near(NaiveMetrics.ClassWiseEce(p, any.Labels_B, 15), report["classwise_ece"], seed);
            if (any.Classes > 5)
            {
                Near(NaiveMetrics.TopFive(p, any.Labels_B), report["top5_accuracy"], seed);
            }
            else
            {
                Assert.Null(report["top5_accuracy"]);
            }

            Near(NaiveMetrics.AdaptiveEce(p, any.Labels_B, 15), report["adaptive_ece"], seed);
            Near(NaiveMetrics.Aurc(p, any.Labels_B), report["aurc"], seed);
        }
    }

    [Fact]
    public void FiguresOfHeadsMatchTheirDefinitions()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var any = new RandomCase(seed);
            var report = Evaluate(any);
            var logs = Enumerable
                .Range(0, any.Heads)
                .Select(h => Enumerable.Range(0, any.Samples).Select(b => any.LogSoftmax(h, b)).ToArray())
                .ToArray();
            for (var h = 0; h < any.Heads; h++)
            {
                Near(
                    logs[h].Select((row, b) => NaiveMetrics.First(row) == any.Labels_B[b] ? 1.0 : 0).Average(),
                    report.HeadValues["accuracy"][h],
                    seed
                );
                Near(logs[h].Select((row, b) => -row[any.Labels_B[b]]).Average(), report.HeadValues["nll"][h], seed);
                Near(
                    NaiveMetrics.Ece([.. logs[h].Select(row => row.Select(Math.Exp).ToArray())], any.Labels_B, 15),
                    report.HeadValues["ece"][h],
                    seed
                );
            }

            if (any.Heads == 1)
            {
                Assert.Null(report["disagreement"] ?? report["kl_diversity"] ?? report["mutual_information"]);
                continue;
            }

            var pairs = from i in Enumerable.Range(0, any.Heads) from j in Enumerable.Range(0, any.Heads) where i != j select (i, j);
            var samples = Enumerable.Range(0, any.Samples).ToArray();
            Near(
                pairs.Average(t => samples.Average(b => NaiveMetrics.First(logs[t.i][b]) != NaiveMetrics.First(logs[t.j][b]) ? 1.0 : 0)),
                report["disagreement"],
                seed
            );
            Near(pairs.Average(t => samples.Average(b => Divergence(logs[t.i][b], logs[t.j][b]))), report["kl_diversity"], seed);
            Near(
                samples.Average(b =>
                    NaiveMetrics.Entropy(any.Mean(b)) - logs.Average(head => NaiveMetrics.Entropy([.. head[b].Select(Math.Exp)]))
                ),
                report["mutual_information"],
                seed
            );
        }
    }

    [Fact]
    public void BatchesDoNotMatterToTheLastBit()
    {
        var random = new Random(7);
        for (var seed = 0; seed < 1500; seed++)
        {
            var any = new RandomCase(seed);
            var rule = seed % 2 == 0 ? PredictionRule.Probabilities : PredictionRule.Logits;
            var whole = Evaluate(any, rule);
            var parts = new EnsembleEvaluation(any.Heads, any.Classes, rule);
            for (var start = 0; start < any.Samples; )
            {
                var count = random.Next(0, any.Samples - start + 1);
                parts.Add<float>(any.Slice(start, count), any.Labels_B.AsSpan(start, count));
                start += count;
            }

            AssertSameBits(whole, parts.Result());
        }
    }

    [Fact]
    public void TheOrderOfHeadsDoesNotMatterToTheEnsemble()
    {
        var random = new Random(8);
        for (var seed = 0; seed < 1500; seed++)
        {
            var any = new RandomCase(seed);
            var order = Enumerable.Range(0, any.Heads).ToArray();
            random.Shuffle(order);
            var before = Evaluate(any);
            var shuffled = new EnsembleEvaluation(any.Heads, any.Classes);
            shuffled.Add<float>(any.Rearrange(order, Enumerable.Range(0, any.Samples)), any.Labels_B);
            var after = shuffled.Result();
            Assert.Equal(order.Select(h => before.HeadValues["accuracy"][h]), after.HeadValues["accuracy"]);
            Assert.Equal(order.Select(h => before.HeadValues["nll"][h]), after.HeadValues["nll"]);
            Assert.Equal(order.Select(h => before.HeadValues["ece"][h]), after.HeadValues["ece"]);
            Assert.Equal(before.Values["nll"], after.Values["nll"], 1e-12 * (1 + before.Values["nll"]));
            Assert.Equal(before.Values["brier"], after.Values["brier"], 1e-12);
            Assert.Equal(before.Values["entropy"], after.Values["entropy"], 1e-12);
            Assert.Equal(before["disagreement"], after["disagreement"]);
            Assert.Equal(before["kl_diversity"] ?? 0, after["kl_diversity"] ?? 0, 1e-12 * (1 + (before["kl_diversity"] ?? 0)));
            Assert.Equal(before["mutual_information"] ?? 0, after["mutual_information"] ?? 0, 1e-12);
        }
    }

    [Fact]
    public void ProbabilitiesGiveTheSameAsTheirLogits()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var any = new RandomCase(seed);
            var probabilities_HBC = new double[any.Logits_HBC.Length];
            for (var at = 0; at < probabilities_HBC.Length; at += any.Classes)
            {
                Softmax.Of<float>(any.Logits_HBC.AsSpan(at, any.Classes), probabilities_HBC.AsSpan(at, any.Classes));
            }

            var evaluation = new EnsembleEvaluation(any.Heads, any.Classes);
            evaluation.AddProbabilities<double>(probabilities_HBC, any.Labels_B);
            AssertSameBits(Evaluate(any), evaluation.Result());
        }
    }

    [Fact]
    public void FaultsAreNamed()
    {
        Assert.Throws<InvalidOperationException>(() => new EnsembleEvaluation(2, 2).Result());
        Assert.Throws<ArgumentException>(() => new EnsembleEvaluation(2, 2).Add<float>([0, 0], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EnsembleEvaluation(0, 2));
        Assert.Throws<UserErrorException>(() => new EnsembleEvaluation(1, 2).Add<float>([0, float.NaN], [0]));
        Assert.Contains(
            "A label is 4294967296",
            Assert.Throws<UserErrorException>(() => new EnsembleEvaluation(1, 2).Add<float>([0, 0], [1L << 32])).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<UserErrorException>(() => new EnsembleEvaluation(1, 2).AddProbabilities<float>([0.9f, 0.9f], [0]));
        Assert.Throws<UserErrorException>(() => new EnsembleEvaluation(1, 2).AddProbabilities<float>([2, -1], [0]));
        Assert.Throws<InvalidOperationException>(() =>
            new EnsembleEvaluation(1, 2, PredictionRule.Logits).AddProbabilities<float>([1, 0], [0])
        );
    }

    private static double Divergence(double[] p, double[] q) => p.Zip(q, (a, b) => Math.Exp(a) * (a - b)).Sum();

    private static EvaluationReport Evaluate(RandomCase any, PredictionRule rule = PredictionRule.Probabilities)
    {
        var evaluation = new EnsembleEvaluation(any.Heads, any.Classes, rule);
        evaluation.Add<float>(any.Logits_HBC, any.Labels_B);
        return evaluation.Result();
    }

    private static void AssertSameBits(EvaluationReport expected, EvaluationReport actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(expected.Values, actual.Values);
        Assert.Equal(expected.HeadValues.Keys, actual.HeadValues.Keys);
        Assert.All(expected.HeadValues, values => Assert.Equal(values.Value, actual.HeadValues[values.Key]));
    }

    private static void Near(double expected, double? actual, int seed)
    {
        Assert.NotNull(actual);
        Assert.True(
            Math.Abs(expected - actual.Value) <= 1e-10 * (1 + Math.Abs(expected)),
            $"seed {seed}: expected {expected:R}, got {actual:R}"
        );
    }
}
