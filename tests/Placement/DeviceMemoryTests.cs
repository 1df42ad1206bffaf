using NeuroTrails.Silo.Cluster;

namespace NeuroTrails.Tests.Placement;

public sealed class DeviceMemoryTests
{
    private static readonly string[] Devices = ["cpu", "cuda:0", "cuda:2"];

    [Fact]
    public void Only_cuda_devices_have_memory_of_their_own_as_far_as_anybody_can_tell()
    {
        var cuda = new Fake { [0] = 700 };
        Assert.Equal([null, 700, null], new DeviceMemory(cuda).FreeMib(Devices, []));
    }

    [Fact]
    public void What_libtorch_keeps_for_its_next_tensors_is_free_where_nobody_lives()
    {
        var cuda = new Fake { [0] = 700 };
        var memory = new DeviceMemory(cuda);
        memory.FreeMib(Devices, []);
        cuda[0] = 100;
        Assert.Equal(100, memory.FreeMib(Devices, ["r/head-0@cuda:0"])[1]);
        Assert.Equal(700, memory.FreeMib(Devices, ["r/head-0@cuda:2", "r/head-1@cpu"])[1]);
        cuda[0] = 900;
        Assert.Equal(900, memory.FreeMib(Devices, [])[1]);
    }

    [Fact]
    public void A_machine_without_cuda_can_be_asked() => Assert.True(new NvidiaMemory().FreeMib(0) is null or > 0);

    private sealed class Fake : Dictionary<int, long>, ICudaMemory
    {
        public long? FreeMib(int index) => TryGetValue(index, out var free) ? free : null;
    }
}
