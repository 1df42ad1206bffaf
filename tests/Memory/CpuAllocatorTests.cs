using System.Runtime.InteropServices;
using NeuroTrails.Memory;
using NeuroTrails.Silo;
using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Memory;

/// <summary>The allocator under libtorch. Nothing else may make tensors meanwhile, for bytes are counted.</summary>
[Collection(nameof(Alone))]
public sealed class CpuAllocatorTests
{
    private const long Mib = 1 << 20;
    private readonly BufferCache _cache;

    public CpuAllocatorTests()
    {
        Assert.True(CpuAllocator.Install(), CpuAllocator.State);
        Assert.True(CpuAllocator.Install(), CpuAllocator.State);
        _cache = CpuAllocator.Cache!;
    }

    [Fact]
    public void Large_tensors_come_from_the_cache_and_small_ones_do_not()
    {
        var before = _cache.Used;
        using var small = zeros(1000);
        Assert.Equal(before, _cache.Used);
        var large = zeros(16 * Mib / 4);
        Assert.InRange(_cache.Used - before, 16 * Mib, 18 * Mib);
        large.Dispose();
        Assert.Equal(before, _cache.Used);
    }

    [Fact]
    public void Tensors_of_any_size_keep_their_contents_while_buffers_are_handed_around()
    {
        var before = _cache.Used;
        Random random = new(5);
        List<(Tensor Tensor, byte Value)> live = [];
        for (var round = 0; round < 2000; round++)
        {
            if (live.Count > 12 || (live.Count > 0 && random.Next(2) == 0))
            {
                var at = random.Next(live.Count);
                var (tensor, value) = live[at];
                Assert.Equal(-1, tensor.bytes.IndexOfAnyExcept(value));
                tensor.Dispose();
                live.RemoveAt(at);
            }
            else
            {
                var value = (byte)random.Next(256);
                live.Add((full([(long)Math.Pow(2, random.NextDouble() * 23)], value, dtype: ScalarType.Byte), value));
            }
        }

        live.ForEach(pair => pair.Tensor.Dispose());
        Assert.Equal(before, _cache.Used);
    }

    [Fact]
    public void Tensors_may_be_made_and_disposed_of_on_different_threads()
    {
        var before = _cache.Used;
        for (var round = 0; round < 20; round++)
        {
            var made = new Tensor[8];
            var makers = made.Select((_, index) => new Thread(() => made[index] = full([Mib], index))).ToList();
            makers.ForEach(maker => maker.Start());
            makers.ForEach(maker => maker.Join());
            Parallel.For(
                0,
                made.Length,
                index =>
                {
                    Assert.Equal(index * (double)Mib, made[index].sum().ToDouble());
                    made[index].Dispose();
                }
            );
        }

        Assert.Equal(before, _cache.Used);
    }

    [Fact]
    public void More_than_there_is_fails_as_it_does_without_the_cache()
    {
        var failure = Assert.Throws<ExternalException>(() => empty(1L << 46, dtype: ScalarType.Byte));
        Assert.Contains("can't allocate memory", failure.Message, StringComparison.Ordinal);
        using var after = ones(Mib);
        Assert.Equal(Mib, after.sum().ToDouble());
    }

    [Fact]
    public void What_nobody_uses_goes_back_to_the_system()
    {
        var before = ProcessMemory.ResidentMib();
        var tensors = Enumerable.Range(0, 8).Select(_ => ones(16 * Mib)).ToList();
        Assert.InRange(ProcessMemory.ResidentMib() - before, 400, double.PositiveInfinity);
        tensors.ForEach(tensor => tensor.Dispose());
        Assert.InRange(_cache.Idle, 1, long.MaxValue);
        CpuAllocator.Trim();
        Assert.Equal(0, _cache.Idle);
        Assert.InRange(ProcessMemory.ResidentMib() - before, double.NegativeInfinity, 100);
    }
}
