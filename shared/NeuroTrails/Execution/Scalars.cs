using TorchSharp;

namespace NeuroTrails.Execution;

/// <summary>Scalars that live until the operation that takes them has ended.</summary>
/// <remarks>
/// TorchSharp 0.107 hands a scalar's native pointer to an operation and keeps nothing alive meanwhile: the garbage collector may free it
/// under a running one, which then fails, or computes with whatever stands there. An operation takes at most two of them and its thread
/// makes no others before it returns, so the last few of each thread are kept. The implicit
/// conversions are banned (eng/BannedSymbols.Torch.txt).
/// </remarks>
public static class Scalars
{
    private const int Kept = 8;

    [ThreadStatic]
    private static Scalar[]? _recent;

    [ThreadStatic]
    private static int _next;

    /// <summary>0, as an integer.</summary>
    public static Scalar Zero { get; } = Of(0L);

    /// <summary>1, as an integer: the factor of a plain sum.</summary>
    public static Scalar One { get; } = Of(1L);

    /// <summary>A floating-point scalar.</summary>
    /// <param name="value">Value.</param>
    public static Scalar Of(double value) => Keep(value.ToScalar());

    /// <summary>An integer scalar.</summary>
    /// <param name="value">Value.</param>
    public static Scalar Of(long value) => Keep(value.ToScalar());

    private static Scalar Keep(Scalar scalar)
    {
        var recent = _recent ??= new Scalar[Kept];
        recent[_next] = scalar;
        _next = (_next + 1) % Kept;
        return scalar;
    }
}
