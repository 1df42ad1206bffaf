using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Torch;

public sealed class ThreadTests
{
    [Fact]
    public void The_number_of_threads_is_each_thread_s_own_and_results_do_not_depend_on_its_neighbours()
    {
        float[] results = new float[3];
        int[] seen = new int[3];
        Thread[] threads = [.. Enumerable.Range(0, 3).Select(i => new Thread(() =>
        {
            set_num_threads(1 + (i % 2));
            using DisposeScope scope = NewDisposeScope();
            using Generator g = new(8);
            results[i] = randn(300, 300, generator: g).matmul(ones(300, 300)).sum().ToSingle();
            seen[i] = get_num_threads();
        }))];
        foreach (Thread thread in threads)
        {
            thread.Start();
            thread.Join();
        }
        Assert.Equal([1, 2, 1], seen);
        Assert.Equal(results[0], results[2]);
    }
}
