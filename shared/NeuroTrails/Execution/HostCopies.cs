using static TorchSharp.torch;

namespace NeuroTrails.Execution;

/// <summary>Copies small results to managed memory.</summary>
internal static class HostCopies
{
    // Every value in C order, as float64.
    public static double[] Doubles(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.cpu().to_type(ScalarType.Float64).contiguous().data<double>().ToArray();
    }
}
