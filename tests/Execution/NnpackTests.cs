using NeuroTrails.Execution;
using TorchSharp;

namespace NeuroTrails.Tests.Execution;

public sealed class NnpackTests
{
    [Fact]
    public void This_libtorch_has_the_switch()
    {
        using var loaded = torch.zeros(1);
        Assert.True(Nnpack.Disable());
    }
}
