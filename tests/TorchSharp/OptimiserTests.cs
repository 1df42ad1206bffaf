using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Torch;

/// <summary>libtorch's optimisers against the published update rules in double precision.</summary>
public sealed class OptimiserTests
{
    [Theory]
    [InlineData(0.9, true, 0.01)]
    [InlineData(0.9, false, 0.0)]
    [InlineData(0.0, false, 0.1)]
    public void Sgd(double momentum, bool nesterov, double decay)
    {
        double w = 1.5, buffer = 0;
        Train(p => optim.SGD([p], 0.1, momentum, 0, decay, nesterov), (g, step) =>
        {
            g += decay * w;
            buffer = step == 1 ? g : (momentum * buffer) + g;
            return w -= 0.1 * (momentum == 0 ? g : nesterov ? g + (momentum * buffer) : buffer);
        });
    }

    [Theory]
    [InlineData(false, 0.05)]
    [InlineData(true, 0.05)]
    public void Adam(bool decoupled, double decay)
    {
        double w = 1.5, m = 0, v = 0;
        Train(p => decoupled ? optim.AdamW([p], 0.1, weight_decay: decay) : optim.Adam([p], 0.1, weight_decay: decay), (g, step) =>
        {
            if (decoupled)
            {
                w *= 1 - (0.1 * decay);
            }
            else
            {
                g += decay * w;
            }
            m = (0.9 * m) + (0.1 * g);
            v = (0.999 * v) + (0.001 * g * g);
            return w -= 0.1 * (m / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(v / (1 - Math.Pow(0.999, step))) + 1e-8);
        });
    }

    private static void Train(Func<Parameter, optim.Optimizer> create, Func<double, int, double> rule)
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter p = nn.Parameter(tensor(new[] { 1.5 }));
        using optim.Optimizer optimiser = create(p);
        for (int step = 1; step <= 20; step++)
        {
            double at = p.ToDouble();
            optimiser.zero_grad();
            (p.pow(4) * 0.05).sum().backward();
            optimiser.step();
            Assert.Equal(rule(0.2 * at * at * at, step), p.ToDouble(), 1e-9);
        }
    }
}
