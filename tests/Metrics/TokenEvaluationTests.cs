using NeuroTrails.Metrics;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Metrics;

/// <summary>Figures of language models, whose scores stay where they are, against all scores in one place.</summary>
public sealed class TokenEvaluationTests
{
    [Fact]
    public void Figures_are_those_of_the_scores_themselves()
    {
        for (var trial = 0; trial < 200; trial++)
        {
            using var scope = NewDisposeScope();
            var random = new Random(trial);
            using var generator = new Generator((ulong)trial, CPU);
            var (heads, vocabulary) = (random.Next(1, 5), random.Next(2, 90));
            var evaluation = new TokenEvaluation(heads, 2);
            var expected = new EnsembleEvaluation(heads, vocabulary);
            for (var batch = 0; batch < 3; batch++)
            {
                var shape = (Windows: random.Next(1, 5), Length: random.Next(2, 9));
                var next = Enumerable.Range(0, shape.Windows * shape.Length).Select(_ => (long)random.Next(-1, vocabulary)).ToArray();
                next[0] = random.Next(vocabulary);
                var next_BL = tensor(next, [shape.Windows, shape.Length]);
                var logits_HBLV = randn([heads, shape.Windows, shape.Length, vocabulary], ScalarType.Float64, generator: generator)
                    .mul(random.Next(1, 6));
                var scores = Enumerable.Range(0, heads).Select(head => new TokenScores(7, logits_HBLV[head], next_BL)).ToList();
                var said = scores.Select((score, head) => score.Of(head, Math.Min(HeadTokens.Most, vocabulary))).ToList();
                var wanted = TokenEvaluation.Wanted(said);
                evaluation.Add(said, wanted, [.. scores.Select(score => score.Probabilities(wanted))]);
                scores.ForEach(score => score.Dispose());

                long[] targets = [.. next.Where(token => token >= 0)];
                var rows = tensor(Enumerable.Range(0, next.Length).Where(at => next[at] >= 0).Select(at => (long)at).ToArray());
                var all = logits_HBLV.flatten(1, 2).index_select(1, rows).flatten().data<double>().ToArray();
                expected.Add<double>(all, targets);
            }

            var (actual, reference) = (evaluation.Result(), expected.Result());
            Assert.Equal(reference.Count, actual.Count);
            foreach (var name in new[] { "nll", "accuracy", "ece" })
            {
                Assert.Equal(reference[name]!.Value, actual[name]!.Value, 1e-9);
                Assert.All(reference.HeadValues[name].Zip(actual.HeadValues[name]), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
            }

            Assert.Equal(heads > 1, actual["disagreement"] is not null);
            Assert.Equal(reference["disagreement"] ?? 0, actual["disagreement"] ?? 0, 1e-12);
            Assert.Equal(Math.Exp(reference["nll"]!.Value), actual["perplexity"]!.Value, 1e-6 * actual["perplexity"]!.Value);
            Assert.Equal(reference["nll"]!.Value / Math.Log(2) / 2, actual["bits_per_byte"]!.Value, 1e-9);
            Assert.True(vocabulary > HeadTokens.Most || evaluation.Unproven == 0);
        }
    }

    [Fact]
    public void A_token_that_no_head_finds_likely_may_be_the_ensembles_and_is_counted_as_unproven()
    {
        // Each head has 32 favourites of its own, and both find token 0 nearly as likely.
        using var scope = NewDisposeScope();
        var logits_HV = zeros([2, 100], ScalarType.Float64);
        logits_HV[0, TensorIndex.Slice(1, 33)] = 1;
        logits_HV[1, TensorIndex.Slice(40, 72)] = 1;
        logits_HV[TensorIndex.Colon, 0] = 0.9;
        var next = tensor(new long[] { 5 }, [1, 1]);
        var scores = Enumerable.Range(0, 2).Select(head => new TokenScores(0, logits_HV[head].view(1, 1, 100), next)).ToList();
        var said = scores.Select((score, head) => score.Of(head, HeadTokens.Most)).ToList();
        var evaluation = new TokenEvaluation(2);
        var wanted = TokenEvaluation.Wanted(said);
        evaluation.Add(said, wanted, [.. scores.Select(score => score.Probabilities(wanted))]);
        Assert.Equal(1, evaluation.Unproven);
        scores.ForEach(score => score.Dispose());
    }

    [Fact]
    public void A_score_that_is_no_number_is_told()
    {
        var head = new HeadTokens(0, [1], [double.NaN], [1], [0.5]);
        Assert.Throws<UserErrorException>(() =>
            new TokenEvaluation(1).Add(
                [head],
                [1],
                [
                    [0.5],
                ]
            )
        );
    }
}
