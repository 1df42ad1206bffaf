using NeuroTrails.Execution;
using NeuroTrails.Methods;
using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Methods;

/// <summary>Distillation by hand.</summary>
public sealed class DistilTests
{
    [Fact]
    public async Task The_loss_of_distillation_is_the_cross_entropy_with_the_teachers_probabilities()
    {
        using var executor = new OwnerExecutor("test", 1);
        await executor.Run(() =>
        {
            using var scope = NewDisposeScope();

            // By hand: logits 0 and ln 3 are probabilities 1/4 and 3/4.
            var by = -((0.4 * Math.Log(0.25)) + (0.6 * Math.Log(0.75)));
            var logits = tensor(new[] { 0, Math.Log(3) }).view(1, 2);
            Assert.Equal(by, Distil.Loss(logits, tensor(new[] { 0.4, 0.6 }).view(1, 2)).ToDouble(), 1e-12);
            var random = new Random(8);
            for (var trial = 0; trial < 500; trial++)
            {
                var (rows, classes) = (random.Next(1, 5), random.Next(1, 6));
                var scores = Enumerable.Range(0, rows * classes).Select(_ => (random.NextDouble() * 8) - 4).ToArray();
                var taught = tensor(Enumerable.Range(0, rows * classes).Select(_ => random.NextDouble()).ToArray()).view(rows, classes);
                taught = taught.div(taught.sum(1, keepdim: true));
                var naive = 0.0;
                for (var row = 0; row < rows; row++)
                {
                    var total = Enumerable.Range(0, classes).Sum(c => Math.Exp(scores[(row * classes) + c]));
                    for (var c = 0; c < classes; c++)
                    {
                        naive -= taught[row, c].ToDouble() * Math.Log(Math.Exp(scores[(row * classes) + c]) / total) / rows;
                    }
                }

                Assert.Equal(naive, Distil.Loss(tensor(scores).view(rows, classes), taught).ToDouble(), 1e-10);
            }
        });
    }
}
