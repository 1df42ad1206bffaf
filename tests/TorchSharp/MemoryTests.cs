using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Torch;

public sealed class MemoryTests
{
    [Fact]
    public void Steps_leave_tensors_and_memory_flat()
    {
        long tensors = 0, memory = 0;
        for (int step = 0; step < 60; step++)
        {
            if (step == 20)
            {
                tensors = Tensor.TotalCount;
                memory = Environment.WorkingSet;
            }
            using DisposeScope scope = NewDisposeScope();
            Tensor x = ones(64, 8, 32, 32), w = ones(8, 8, 3, 3).requires_grad_();
            Tensor y = nn.functional.relu(nn.functional.conv2d(x, w, padding: [1, 1]));
            y.mean().backward();
        }
        // Other tests run beside this one: bounds, not equalities.
        Assert.InRange(Tensor.TotalCount, 0, tensors + 20_000);
        Assert.InRange(Environment.WorkingSet, 0, memory + (1L << 30));
    }

#if !TORCHSHARP_PACKAGE
    [Fact]
    public void Buffers_of_any_size_keep_their_contents_while_the_cache_hands_blocks_around()
    {
        Random random = new(5);
        using DisposeScope scope = NewDisposeScope();
        List<(Tensor Tensor, int Value)> live = [];
        for (int i = 0; i < 3000; i++)
        {
            if (live.Count > 20 || (live.Count > 0 && random.Next(2) == 0))
            {
                int at = random.Next(live.Count);
                (Tensor tensor, int value) = live[at];
                Assert.Equal(tensor.bytes.Length, tensor.bytes.Count((byte)value));
                tensor.Dispose();
                live.RemoveAt(at);
            }
            else
            {
                int value = random.Next(256);
                long size = (long)Math.Pow(2, random.NextDouble() * 21);
                Tensor tensor = full([size], value, dtype: uint8);
                Assert.Equal(0, tensor.Data() % 64);
                live.Add((tensor, value));
            }
        }
        TorchSharp.Native.NativeMethods.nt_cpu_memory(out long used, out long cached);
        Assert.True(used >= 0 && cached >= 0);
    }
#endif
}
