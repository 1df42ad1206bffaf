namespace NeuroTrails.Tests.Orleans;

public sealed class SequenceTests(SharedHost shared)
{
    [Fact]
    public async Task A_sequence_is_read_step_by_step()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<INewsGrain>("sequence");
        List<int> read = [];
        await foreach (var item in grain.CountTo(10, TestContext.Current.CancellationToken))
        {
            read.Add(item);
        }

        Assert.Equal(Enumerable.Range(0, 10), read);
        await host.Journal.Until("sequence", "enumerator disposed");
    }

    [Fact]
    public async Task Leaving_early_disposes_the_grains_enumerator()
    {
        var host = await shared.StartedAsync();
        await foreach (var item in host.Grains.GetGrain<INewsGrain>("left early").CountTo(1000, TestContext.Current.CancellationToken))
        {
            if (item == 5)
            {
                break;
            }
        }

        await host.Journal.Until("left early", "enumerator disposed");
    }

    [Fact]
    public async Task A_failing_sequence_fails_its_reader()
    {
        var host = await shared.StartedAsync();
        await Assert.ThrowsAsync<InvalidTimeZoneException>(async () =>
        {
            await foreach (var item in host.Grains.GetGrain<INewsGrain>("unlucky").CountTo(20, TestContext.Current.CancellationToken))
            {
                Assert.InRange(item, 0, 12);
            }
        });
    }
}
