using Microsoft.Extensions.DependencyInjection;
using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Engine;

/// <summary>Silos for tests.</summary>
internal static class TestSilo
{
    /// <summary>A silo whose runs learn from the given data.</summary>
    public static Task<SiloHost> StartAsync(IRunDataSource data, IIncomingGrainCallFilter? filter = null) =>
        SiloHost.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton(data);
                builder.Services.AddSingleton<IRunAdmission>(new GivenRuns());
                if (filter is not null)
                {
                    builder.Services.AddSingleton(filter);
                }
            },
            stop: TestContext.Current.CancellationToken
        );

    /// <summary>Waits for the end of a run that must succeed; returns everything it told.</summary>
    public static async Task<IReadOnlyList<RunUpdate>> Finish(ICoordinatorGrain coordinator)
    {
        var updates = new List<RunUpdate>();
        while (true)
        {
            var snapshot = await coordinator.Poll(updates.Count);
            updates.AddRange(snapshot.Updates);
            if (snapshot.Phase != RunPhase.Running)
            {
                Assert.True(snapshot.Phase == RunPhase.Finished, $"{snapshot.Phase}: {snapshot.Failure?.Reason}");
                return updates;
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
