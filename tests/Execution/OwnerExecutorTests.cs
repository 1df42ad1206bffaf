using NeuroTrails.Execution;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Execution;

public sealed class OwnerExecutorTests
{
    [Fact]
    public async Task An_executor_keeps_its_threads_where_others_start_with_more_before_its_first_work()
    {
        for (var round = 0; round < 20; round++)
        {
            using OwnerExecutor one = new("one", 1);
            await one.Run(() => { });
            using OwnerExecutor two = new("two", 2);
            Assert.Equal(2, await two.Run(Threads));
            Assert.Equal(1, await one.Run(Threads));
        }
    }

    [Fact]
    public async Task Executors_that_start_together_have_the_threads_they_were_given()
    {
        for (var round = 0; round < 100; round++)
        {
            var executors = Enumerable.Range(0, 8).Select(index => new OwnerExecutor($"{index}", 1 + (index % 2))).ToList();
            var seen = await Task.WhenAll(executors.Select(executor => executor.Run(Threads)));
            Assert.Equal(executors.Select((_, index) => 1 + (index % 2)), seen);
            executors.ForEach(executor => executor.Dispose());
        }
    }

    // Work of several threads comes first: what libtorch asks itself for its number of threads, it asks when it begins such work.
    private static int Threads()
    {
        using var scope = NewDisposeScope();
        _ = ones(300, 300).mm(ones(300, 300)).add(ones(300, 300)).sum();
        return get_num_threads();
    }
}
