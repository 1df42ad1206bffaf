using NeuroTrails.Configuration;
using NeuroTrails.Methods;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Training;

/// <summary>Memory by arithmetic, before anything is made.</summary>
public sealed class MemoryNeedTests
{
    private static readonly DataShape Data = new(new(3, 8, 8), 10, 1000);

    [Theory]
    [InlineData(OptimizerKind.Sgd, 0.0, Precision.Float32, 8)]
    [InlineData(OptimizerKind.Sgd, 0.9, Precision.Float32, 12)]
    [InlineData(OptimizerKind.AdamW, 0.9, Precision.Float32, 16)]
    [InlineData(OptimizerKind.Adam, 0.9, Precision.Float64, 32)]
    public void The_bytes_are_those_of_weights_gradients_and_moments(
        OptimizerKind optimizer,
        double momentum,
        Precision precision,
        int bytesEach
    )
    {
        // 192×4 + 4 in the backbone; 4×10 + 10 in each head.
        var options = Options(7) with
        {
            Training = new()
            {
                Optimizer = optimizer,
                Momentum = momentum,
                Nesterov = false,
                Precision = precision,
            },
        };
        var need = (772 + (7 * 50)) * bytesEach;
        MemoryNeed.Refuse(options, Data, new ModelCatalogue(), need);
        var error = Assert.Throws<UserErrorException>(() => MemoryNeed.Refuse(options, Data, new ModelCatalogue(), need - 1));
        Assert.Contains("Allowed here: 1 to 6 heads. Change ensemble.heads", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<UserErrorException>(() => MemoryNeed.Refuse(options, Data, new ModelCatalogue(), 800 * bytesEach));
        Assert.Contains("Not even one head fits", error.Message, StringComparison.Ordinal);
    }

    // 192×4 + 4 + 4×10 + 10 values in the one head.
    [Theory]
    [InlineData("snapshot", 5, 5)]
    [InlineData("swag", 3, 2 + 20 + 3)]
    [InlineData("batch_ensemble", 3, 0)]
    public void Networks_that_a_method_keeps_count(string method, int members, int kept)
    {
        var options = new RunOptions
        {
            Device = "cpu",
            Model = new() { Name = "mlp", Hidden = [4] },
            Ensemble = new()
            {
                Method = method,
                Heads = 1,
                Members = members,
                Rank = 20,
            },
            Topology = new() { Density = 1 },
            Training = new() { Optimizer = OptimizerKind.Sgd, Momentum = 0.9 },
        };
        var network = EnsembleMethods.Of(method).Build(new(), options, Data);
        var (backbone, head) = EnsembleMethods.Of(method).Cut(network, options.Ensemble);
        var values = head.Parameters.Sum(spec => spec.Count);
        Assert.Empty(backbone.Parameters);
        var need = values * 4 * (3 + kept);
        MemoryNeed.Refuse(options, Data, new ModelCatalogue(), need);
        var error = Assert.Throws<UserErrorException>(() => MemoryNeed.Refuse(options, Data, new ModelCatalogue(), need - 1));
        Assert.Equal(
            kept > 0,
            error.Message.Contains($"and for {kept} more networks that method {method} keeps", StringComparison.Ordinal)
        );
        Assert.Equal(kept > 0, error.Message.Contains("ensemble.members", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_far_too_large_is_refused_at_once_and_without_memory()
    {
        var options = Options(4096) with
        {
            Model = new() { Name = "wrn-100-100" },
            Ensemble = new() { Heads = 4096, BlocksInHead = 10 },
        };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<UserErrorException>(() =>
            MemoryNeed.Refuse(options, new(new(3, 32, 32), 10, 1000), new ModelCatalogue(), 64L << 30)
        );
        Assert.Contains("wrn-100-100 with 4,096 heads takes at least", error.Message, StringComparison.Ordinal);
        Assert.Contains("this machine has 65,536 MiB", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    private static RunOptions Options(int heads) =>
        new()
        {
            Device = "cpu",
            Model = new() { Name = "mlp", Hidden = [4] },
            Ensemble = new() { Heads = heads, BlocksInHead = 0 },
        };
}
