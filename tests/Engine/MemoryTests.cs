using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;
using TorchSharp;

namespace NeuroTrails.Tests.Engine;

/// <summary>A long run holds no more at its end than at its beginning.</summary>
[Collection(nameof(Alone))]
public sealed class MemoryTests
{
    [Fact]
    public async Task Two_thousand_steps_leave_live_tensors_and_resident_memory_flat()
    {
        const int Steps = 2000;
        var data = new NoiseData(8, 8, 5);
        var options = new RunOptions
        {
            Device = "cpu",
            Model = new() { Name = "wrn-10-1" },
            Topology = new() { Every = 50 },
            Training = new() { Steps = Steps, Batch = 8 },
            Execution = new() { BackboneThreads = 1, HeadThreads = 1, ParallelHeads = 2 },
        };
        using var folder = new TemporaryFolder();
        await using var silo = await TestSilo.StartAsync(data);
        var run = new RunDefinition("memory", folder.Path, RunOptionsWriter.ToYaml(options), new(3, 8, 8, 5, data.Shape.TrainingSamples, 0, 16), null);
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
