using static TorchSharp.torch;

namespace NeuroTrails.Execution;

/// <summary>Copies small results to managed memory.</summary>
public static class HostCopies
{
    /// <summary>Every value in C order, as float64.</summary>
    /// <param name="tensor">Any floating tensor on any device.</param>
    public static double[] Doubles(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.cpu().to_type(ScalarType.Float64).contiguous().data<double>().ToArray();
    }
}
