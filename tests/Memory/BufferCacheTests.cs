using NeuroTrails.Memory;

namespace NeuroTrails.Tests.Memory;

public sealed class BufferCacheTests
{
    private const nint Granule = 64 << 10;

    [Fact]
    public void Any_order_of_takes_and_returns_keeps_buffers_apart_and_memory_bounded()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            FakeSystem system = new();
            BufferCache cache = new(system.Map, system.Unmap);
            List<(nint Address, nint Bytes)> mine = [];
            long peak = 0;
            var sizes = Enumerable.Range(0, 6).Select(_ => (nint)random.NextInt64(1, 64L << 20)).ToArray();
            for (var round = 0; round < 200; round++)
            {
                if (mine.Count > 0 && random.Next(2) == 0)
                {
                    var at = random.Next(mine.Count);
                    Assert.True(cache.Return(mine[at].Address));
                    Assert.False(cache.Return(mine[at].Address));
                    mine.RemoveAt(at);
                }
                else
                {
                    var bytes = random.Next(4) == 0 ? (nint)random.NextInt64(1, 64L << 20) : sizes[random.Next(sizes.Length)];
                    var address = cache.Take(bytes);
                    Assert.InRange(system.Size(address), bytes, bytes + (bytes / 8) + (2 * Granule));
                    mine.Add((address, bytes));
                }

                var used = mine.Sum(buffer => system.Size(buffer.Address));
                peak = Math.Max(peak, used);
                Assert.Equal((used, peak, system.Total - used), (cache.Used, cache.Peak, cache.Idle));
                Assert.Equal(mine.Count, mine.Select(buffer => buffer.Address).Distinct().Count());
                Assert.InRange(system.Total, used, Math.Max(used, (long)(BufferCache.Headroom * peak) + BufferCache.Slack));
            }

            cache.Trim();
            Assert.Equal((0, cache.Used, cache.Used), (cache.Idle, cache.Peak, system.Total));
            mine.ForEach(buffer => cache.Return(buffer.Address));
            cache.Trim();
            Assert.Equal(0, system.Total);
        }
    }

    [Fact]
    public void A_step_that_repeats_asks_the_system_for_nothing()
    {
        FakeSystem system = new();
        BufferCache cache = new(system.Map, system.Unmap);
        nint[] step = [16 << 20, 16 << 20, 8 << 20, 4 << 20, 4 << 20, 1 << 20];
        for (var round = 0; round < 50; round++)
        {
            var buffers = step.Select(cache.Take).ToArray();
            Array.ForEach(buffers, buffer => Assert.True(cache.Return(buffer)));
        }

        Assert.Equal(step.Length, system.Mapped);
    }

    [Fact]
    public void The_buffer_freed_last_is_handed_out_first()
    {
        FakeSystem system = new();
        BufferCache cache = new(system.Map, system.Unmap);
        var (first, second) = (cache.Take(1 << 20), cache.Take(1 << 20));
        cache.Return(second);
        cache.Return(first);
        Assert.Equal(first, cache.Take(1 << 20));
        Assert.Equal(second, cache.Take(1 << 20));
    }

    [Fact]
    public void Where_the_system_has_no_memory_what_is_kept_goes_first()
    {
        FakeSystem system = new() { Limit = 40 << 20 };
        BufferCache cache = new(system.Map, system.Unmap);
        cache.Return(cache.Take(20 << 20));
        var large = cache.Take(30 << 20);
        Assert.NotEqual(0, large);
        Assert.Equal(0, cache.Idle);
        Assert.Equal(0, cache.Take(20 << 20));
        Assert.True(cache.Return(large));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void An_impossible_size_is_no_buffer(long bytes) => Assert.Equal(0, new BufferCache(_ => 4096, (_, _) => { }).Take((nint)bytes));

    [Fact]
    public void What_was_never_taken_is_not_taken_back() => Assert.False(new BufferCache(_ => 1, (_, _) => { }).Return(4096));

    /// <summary>Hands out addresses, and knows what is mapped.</summary>
    private sealed class FakeSystem
    {
        private readonly Dictionary<nint, nint> _mapped = [];
        private nint _next = 4096;

        public long Limit { get; init; } = long.MaxValue;

        public long Total => _mapped.Values.Sum(size => size);

        public int Mapped { get; private set; }

        public nint Size(nint address) => _mapped[address];

        public nint Map(nint bytes)
        {
            if (Total + bytes > Limit)
            {
                return 0;
            }

            Mapped++;
            _mapped.Add(_next, bytes);
            _next += bytes;
            return _next - bytes;
        }

        public void Unmap(nint address, nint bytes)
        {
            Assert.True(_mapped.Remove(address, out var size));
            Assert.Equal(size, bytes);
        }
    }
}
