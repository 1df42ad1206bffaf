using System.Collections.Concurrent;

namespace NeuroTrails.Tests.Orleans;

public sealed class FilterTests
{
    [Fact]
    public async Task Filters_see_arguments_and_results_and_may_change_them()
    {
        var seen = new ConcurrentQueue<string>();
        await using var host = await GrainHost.StartAsync(silo => silo
            .AddOutgoingGrainCallFilter(async context =>
            {
                if (context.InterfaceMethod.DeclaringType != typeof(IContextGrain))
                {
                    await context.Invoke();
                    return;
                }

                seen.Enqueue($"out {context.MethodName}({context.Request.GetArgument(0)}) to {context.TargetId}");
                await context.Invoke();
                seen.Enqueue($"back {context.Result}");
                context.Result = (int)context.Result! + 1000;
            })
            .AddIncomingGrainCallFilter(async context =>
            {
                if (context.Grain is not ContextGrain)
                {
                    await context.Invoke();
                    return;
                }

                seen.Enqueue($"in {context.InterfaceMethod.Name} on {context.ImplementationMethod.DeclaringType!.Name}");
                context.Request.SetArgument(0, (int)context.Request.GetArgument(0)! + 100);
                await context.Invoke();
                context.Result = (int)context.Result! + 1;
            }));
        Assert.Equal(1211, await host.Grains.GetGrain<IContextGrain>("filtered").Double(5));
        Assert.Equal(["out Double(5) to context/filtered", "in Double on ContextGrain", "back 211"], seen);
    }

    [Fact]
    public async Task A_filter_may_refuse_a_call()
    {
        await using var host = await GrainHost.StartAsync(silo => silo.AddIncomingGrainCallFilter(context =>
            context.Grain is ContextGrain ? throw new UnauthorizedAccessException("no") : context.Invoke()));
        var grain = host.Grains.GetGrain<IContextGrain>("refused");
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => grain.Double(5));
    }

    [Fact]
    public async Task Startup_tasks_may_call_grains()
    {
        await using var host = await GrainHost.StartAsync(silo => silo.AddStartupTask(async (services, _) =>
        {
            var grains = (IGrainFactory)services.GetService(typeof(IGrainFactory))!;
            await grains.GetGrain<ICounterGrain>("started").Add(5);
        }));
        Assert.Equal(5, await host.Grains.GetGrain<ICounterGrain>("started").Value());
    }
}
