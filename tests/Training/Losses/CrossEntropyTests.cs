using NeuroTrails.Tests.Topology;
using NeuroTrails.Training.Losses;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Training.Losses;

public sealed class CrossEntropyTests
{
    [Fact]
    public void Loss_and_gradient_are_those_of_plain_loops()
    {
        var random = new Random(41);
        for (var round = 0; round < 500; round++)
        {
            using var scope = NewDisposeScope();
            int batch = random.Next(1, 12),
                classes = random.Next(2, 12);
            var smoothing = random.Next(2) == 0 ? 0 : random.NextDouble() * 0.9;
            var values = Enumerable.Range(0, batch * classes).Select(_ => (random.NextDouble() - 0.5) * 20).ToArray();
            var labels = Enumerable.Range(0, batch).Select(_ => (long)random.Next(classes)).ToArray();
            var logits_BC = tensor(values).view(batch, classes).clone().requires_grad_();
            var weights = random.Next(2) == 0 ? null : Enumerable.Range(0, classes).Select(_ => 3 * random.NextSingle()).ToArray();
            var loss = CrossEntropy.Mean(logits_BC, tensor(labels), smoothing, weights);
            loss.backward();

            var gradient = Trial.Host(logits_BC.grad!);
            var expected = 0.0;
            for (var b = 0; b < batch; b++)
            {
                var row = values[(b * classes)..((b + 1) * classes)];
                var weight = weights?[labels[b]] ?? 1.0;
                var largest = row.Max();
                var logSum = largest + Math.Log(row.Sum(value => Math.Exp(value - largest)));
                for (var c = 0; c < classes; c++)
                {
                    var target = (smoothing / classes) + (labels[b] == c ? 1 - smoothing : 0);
                    expected -= weight * target * (row[c] - logSum) / batch;
                    Assert.Equal(weight * (Math.Exp(row[c] - logSum) - target) / batch, gradient[(b * classes) + c], 1e-13);
                }
            }

            Assert.Equal(expected, loss.item<double>(), 1e-11);
        }
    }

    [Fact]
    public void Huge_logits_stay_finite_and_bfloat16_is_widened()
    {
        using var scope = NewDisposeScope();
        var labels = tensor(new long[] { 0, 1 });
        Assert.Equal(5e4, CrossEntropy.Mean(tensor(new float[] { 0, 1e5f, 0, 1e5f }).view(2, 2), labels).item<float>());
        var narrow = CrossEntropy.Mean(tensor(new float[] { 1, 2, 3, 4 }).view(2, 2).to(ScalarType.BFloat16), labels);
        Assert.Equal(ScalarType.Float32, narrow.dtype);
        Assert.Equal((Math.Log(1 + Math.E) + Math.Log(1 + Math.Exp(-1))) / 2, narrow.item<float>(), 1e-6);
    }
}
