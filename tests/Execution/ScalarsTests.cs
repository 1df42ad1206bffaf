using NeuroTrails.Execution;
using TorchSharp;

namespace NeuroTrails.Tests.Execution;

public sealed class ScalarsTests
{
    [Fact]
    public void A_scalar_outlives_the_collections_of_its_operation()
    {
        // As an operation sees it: nothing in .NET refers to the scalar any more.
        var scalar = Make();
        Collect();
        Assert.True(scalar.IsAlive);
        for (var i = 0; i < 100; i++)
        {
            _ = Scalars.Of((double)i);
        }

        Collect();
        Assert.False(scalar.IsAlive, "Scalars must not be kept for ever.");
    }

    [Fact]
    public void Values_arrive()
    {
        Assert.Equal(0.3, Scalars.Of(0.3).ToDouble());
        Assert.Equal((0L, 1L, 7L), (Scalars.Zero.ToInt64(), Scalars.One.ToInt64(), Scalars.Of(7L).ToInt64()));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference Make() => new(Scalars.Of(0.5));

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
