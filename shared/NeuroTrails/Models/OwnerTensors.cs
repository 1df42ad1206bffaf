using NeuroTrails.Execution;
using static TorchSharp.torch;

namespace NeuroTrails.Models;

/// <summary>All that one owner holds on its device: parameters with masks and moments, running statistics, and the generator.</summary>
public sealed class OwnerTensors : IDisposable
{
    private readonly List<Parameter> _parameters = [];
    private readonly List<(TensorSpec Spec, Tensor Value)> _buffers = [];

    private OwnerTensors(Device device, ScalarType type, Generator generator)
    {
        Device = device;
        Type = type;
        Generator = generator;
    }

    /// <summary>Where the tensors live.</summary>
    public Device Device { get; }

    /// <summary>Type of the masters: float32, or float64.</summary>
    public ScalarType Type { get; }

    /// <summary>The owner's generator, on the CPU: equal on every machine, and part of the checkpoint.</summary>
    public Generator Generator { get; }

    /// <summary>The trained tensors in the order of the part's blocks.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>The running statistics in the order of the part's blocks.</summary>
    public IReadOnlyList<(TensorSpec Spec, Tensor Value)> Buffers => _buffers;

    /// <summary>The same tensors by place, for the forward pass.</summary>
    public TensorNode Root { get; } = new();

    /// <summary>Networks of the past that belong to the ensemble, or are needed to make it, by name; part of the checkpoint.</summary>
    public SortedDictionary<string, KeptNetwork> Kept { get; } = new(StringComparer.Ordinal);

    /// <summary>Numbers that a method remembers, by name; part of the checkpoint.</summary>
    public SortedDictionary<string, double> Remembered { get; } = new(StringComparer.Ordinal);

    /// <summary>Values that stand, or in a sparse run would stand, under a mask.</summary>
    public long MaskedCount => _parameters.Where(parameter => parameter.Spec.Maskable).Sum(parameter => parameter.Spec.Count);

    /// <summary>Of these, the active ones.</summary>
    public long MaskedActive => _parameters.Where(parameter => parameter.Spec.Maskable).Sum(parameter => parameter.Active);

    /// <summary>Initialises the tensors of a part: drawn on the CPU from the owner's generator in declaration order, then moved.</summary>
    /// <param name="part">What the owner computes.</param>
    /// <param name="seed">Seed of the generator.</param>
    /// <param name="device">Where the tensors shall live.</param>
    /// <param name="type">Type of the masters: float32, or float64.</param>
    public static OwnerTensors Initialise(NetworkPart part, long seed, Device device, ScalarType type)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var owner = new OwnerTensors(device, type, new Generator((ulong)seed, CPU));
        foreach (var spec in part.Tensors)
        {
            var value = Draw(spec, owner.Generator).to(type).to(device);
            if (spec.Role == TensorRole.Buffer)
            {
                owner._buffers.Add((spec, value.DetachFromDisposeScope()));
            }
            else
            {
                value.requires_grad_(true);
                owner._parameters.Add(new(spec, value.DetachFromDisposeScope()));
            }

            owner.Root.Put(spec.Name, value);
        }

        return owner;
    }

    /// <summary>Forgets every gradient, so that the next backward pass hands over its buffers instead of adding to old ones.</summary>
    public void ClearGradients()
    {
        foreach (var parameter in _parameters)
        {
            parameter.Value.grad = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in _parameters)
        {
            parameter.Dispose();
        }

        foreach (var (_, value) in _buffers)
        {
            value.Dispose();
        }

        foreach (var kept in Kept.Values)
        {
            kept.Dispose();
        }

        Generator.Dispose();
    }

    private static Tensor Draw(TensorSpec spec, Generator generator)
    {
        long[] shape = [.. spec.Shape];
        switch (spec.Initialiser)
        {
            case Initialiser.Zeros:
                return zeros(shape);
            case Initialiser.Ones:
                return ones(shape);
            case Initialiser.HeFanOut:
                return randn(shape, generator: generator).mul_(Scalars.Of(Math.Sqrt(2.0 / FanOut(spec))));
            case Initialiser.Normal:
                return randn(shape, generator: generator).mul_(Scalars.Of(0.02));
            case Initialiser.RandomSigns:
                return rand(shape, generator: generator).ge(Scalars.Of(0.5)).to(ScalarType.Float32).mul_(Scalars.Of(2)).sub_(Scalars.One);
            case Initialiser.UniformFanIn:
                var bound = 1.0 / Math.Sqrt(spec.FanIn);
                return rand(shape, generator: generator).mul_(Scalars.Of(2 * bound)).sub_(Scalars.Of(bound));
            default:
                throw new ArgumentOutOfRangeException(nameof(spec), spec.Initialiser, "Unknown initialiser.");
        }
    }

    private static long FanOut(TensorSpec spec) =>
        spec.FanOut > 0 ? spec.FanOut : spec.Shape[0] * spec.Shape.Skip(2).Aggregate(1L, (product, extent) => product * extent);
}
