using Microsoft.Extensions.DependencyInjection;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;
using TorchSharp;

namespace NeuroTrails.Tests.Engine;

/// <summary>A long run holds no more at its end than at its beginning.</summary>
[Collection(nameof(Alone))]
public sealed class MemoryTests
{
    [Fact]
    public async Task Five_thousand_steps_leave_live_tensors_and_resident_memory_flat()
    {
        const int Steps = 5000;
        var data = new NoiseData(8, 8, 5);
        var options = new RunOptions
        {
            Device = "cpu",
            Model = new() { Name = "wrn-10-1" },
            Topology = new() { Every = 50 },
            Training = new() { Steps = Steps, Batch = 8 },
            Execution = new()
            {
                BackboneThreads = 1,
                HeadThreads = 1,
                ParallelHeads = 2,
            },
        };
        using var folder = new TemporaryFolder();
        await using var silo = await TestSilo.StartAsync(data);
        var run = new RunDefinition(
            "memory",
            folder.Path,
            RunOptionsWriter.ToYaml(options),
            new(3, 8, 8, 5, data.Shape.TrainingSamples, 0, 16),
            null
        );
        var generation = await silo.Grains.GetGrain<ICoordinatorGrain>(run.RunId).Open(run);
        var backbone = silo.Grains.GetGrain<IBackboneGrain>(GrainKeys.Backbone(run.RunId));
        var heads = Enumerable.Range(0, 3).Select(head => silo.Grains.GetGrain<IHeadGrain>(GrainKeys.Head(run.RunId, head))).ToList();
        var (early, late) = (default(Usage), default(Usage));
        for (var step = 1; step <= Steps; step++)
        {
            var id = new StepId(generation, step);
            await backbone.TrainStep(new(id));
            if (step % 50 == 0)
            {
                await Task.WhenAll(heads.Select(head => head.UpdateTopology(new(id))));
            }

            // The first steps warm caches up: the allocator's, the just-in-time compiler's.
            early = step == 500 ? Usage.Now() : early;
            late = step == Steps ? Usage.Now() : late;
        }

        Assert.InRange(late.Tensors - early.Tensors, long.MinValue, 50);
        Assert.InRange(late.ResidentMib - early.ResidentMib, double.NegativeInfinity, 32);
    }

    [Fact]
    public async Task A_silo_that_trains_one_run_after_another_holds_no_more_after_the_last_than_after_the_first()
    {
        var data = new NoiseData(32, 32, 10);
        await using var silo = await TestSilo.StartAsync(data);
        using var folder = new TemporaryFolder();
        List<Usage> after = [];
        for (var run = 0; run < 6; run++)
        {
            // Runs of different sizes, so that what one leaves behind fits the next one badly.
            var options = new RunOptions
            {
                Device = "cpu",
                Model = new() { Name = run % 2 == 0 ? "wrn-10-2" : "wrn-16-1" },
                Training = new() { Steps = 4, Batch = 32 },
                Execution = new()
                {
                    BackboneThreads = 1,
                    HeadThreads = 1,
                    ParallelHeads = 2,
                },
            };
            var definition = new RunDefinition(
                $"run-{run}",
                folder.Path,
                RunOptionsWriter.ToYaml(options),
                new(3, 32, 32, 10, data.Shape.TrainingSamples, 0, 32),
                null
            );
            var generation = await silo.Grains.GetGrain<ICoordinatorGrain>(definition.RunId).Open(definition);
            var backbone = silo.Grains.GetGrain<IBackboneGrain>(GrainKeys.Backbone(definition.RunId));
            for (var step = 1; step <= 4; step++)
            {
                await backbone.TrainStep(new(new(generation, step)));
            }

            await backbone.Release(generation);
            await Task.WhenAll(
                Enumerable
                    .Range(0, 3)
                    .Select(head => silo.Grains.GetGrain<IHeadGrain>(GrainKeys.Head(definition.RunId, head)).Release(generation))
            );
            var owners = silo.Services.GetRequiredService<OwnerServices>().Living;
            while (!owners.IsEmpty)
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }

            after.Add(Usage.Now());
        }

        Assert.InRange(after[^1].Tensors - after[0].Tensors, long.MinValue, 50);
        Assert.InRange(
            after.Skip(2).Max(usage => usage.ResidentMib) - after.Take(2).Max(usage => usage.ResidentMib),
            double.NegativeInfinity,
            32
        );
    }

    private readonly record struct Usage(long Tensors, double ResidentMib)
    {
        public static Usage Now()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            return new(torch.Tensor.TotalCount, ProcessMemory.ResidentMib());
        }
    }
}
