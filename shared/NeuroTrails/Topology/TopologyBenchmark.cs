using NeuroTrails.Configuration;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Topology;

/// <summary>Measures one topology update of a whole network.</summary>
internal static class TopologyBenchmark
{
    // WideResNet-28-10's commonest and largest tensor.
    private static readonly long[] Layer = [640, 640, 3, 3];

    // Builds masked tensors of [640, 640, 3, 3] with one moment each, and updates all of them.
    public static TimeSpan Run(long parameters, TopologyOptions options, Device device, TimeProvider time, int repeats = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator(1, CPU);
        var spec = new TensorSpec("layer", Layer, TensorRole.Weight, Initialiser.HeFanOut);
        var network = Enumerable
            .Range(0, (int)((parameters + spec.Count - 1) / spec.Count))
            .Select(_ => Make(spec, options, device, generator))
            .ToArray();

        var best = TimeSpan.MaxValue;
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            var start = time.GetTimestamp();
            foreach (var parameter in network)
            {
                TopologyUpdater.Update(
                    parameter,
                    parameter.GradientAverage,
                    new(options.PruneRate, options.Temperature[0]),
                    options,
                    generator
                );
            }

            // A device works behind the host's back until a value is asked for.
            _ = network[^1].Value.sum().item<float>();
            var elapsed = time.GetElapsedTime(start);
            best = elapsed < best ? elapsed : best;
        }

        Array.ForEach(network, parameter => parameter.Dispose());
        return best;
    }

    private static Parameter Make(TensorSpec spec, TopologyOptions options, Device device, Generator generator)
    {
        var parameter = new Parameter(spec, Draw(spec, device, generator)) { GradientAverage = Draw(spec, device, generator) };
        parameter.Moment("momentum").copy_(parameter.Value);
        using var mask = MaskFactory.Draw(spec.Shape, (long)(options.Density * spec.Count), generator);
        MaskStore.Set(parameter, mask);
        return parameter;
    }

    private static Tensor Draw(TensorSpec spec, Device device, Generator generator) =>
        randn([.. spec.Shape], ScalarType.Float32, CPU, generator: generator).to(device).DetachFromDisposeScope();
}
