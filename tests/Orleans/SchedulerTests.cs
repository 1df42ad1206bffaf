namespace NeuroTrails.Tests.Orleans;

public sealed class SchedulerTests(SharedHost shared)
{
    [Fact]
    public async Task Awaits_inside_a_grain_resume_on_its_own_scheduler()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<ISchedulerGrain>(new Guid("a4b65a0d-9c3e-4b3c-8f0d-2f1f5a3f2d11"));
        Assert.Equal(new Guid("a4b65a0d-9c3e-4b3c-8f0d-2f1f5a3f2d11"), grain.GetPrimaryKey());
        Assert.All(await grain.Probe(), Assert.True);
    }
}
