using Microsoft.Extensions.DependencyInjection;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Execution;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>Times a training step and a prediction through the grains, beside the same step of one monolithic network, in turn, so that the
/// machine's moods hit both alike.</summary>
internal static class StepBenchmark
{
    private const string RunId = "bench";

    public static async Task<StepBenchmarkResult> RunAsync(StepBenchmarkRequest request, TimeProvider time, CancellationToken stop)
    {
        var options = Options(request);
        var isText = ModelCatalogue.IsOfTexts(request.Model);
        var sample = isText ? Data.SampleShape.Tokens(request.ImageSize) : new(request.Channels, request.ImageSize, request.ImageSize);
        var data = new RandomRunData(sample, request.Classes, request.Batch);
        var plan = new RunPlan(options, data.Shape, new ModelCatalogue());
        await using var silo = await SiloHost.StartAsync(builder => builder.Services.AddSingleton<IRunDataSource>(data), stop: stop);
        var description = new DataDescription(
            sample.Channels,
            sample.Height,
            sample.Width,
            request.Classes,
            data.Shape.TrainingSamples,
            0,
            request.Batch,
            IsText: isText
        );
        var run = new RunDefinition(RunId, Path.GetTempPath(), RunOptionsWriter.ToYaml(options), description, null);
        var generation = await silo.Grains.GetGrain<ICoordinatorGrain>(RunId).Open(run);
        var backbone = silo.Grains.GetGrain<IBackboneGrain>(GrainKeys.Backbone(RunId));

        using var executor = new OwnerExecutor("monolith", request.Threads);
        using var monolith = request.Monolithic
            ? await executor.Run(() => new MonolithicTrainer(plan, data, TorchDevices.Parse(options.Device)))
            : null;
        var (steps, inferences, monolithic) = (new Timings(time), new Timings(time), new Timings(time));
        for (var step = 1; step <= request.Warmup + request.Steps; step++)
        {
            stop.ThrowIfCancellationRequested();
            var counts = step > request.Warmup;
            await steps.Measure(counts, () => backbone.TrainStep(new(new(generation, step))));
            await inferences.Measure(counts, () => backbone.Measure(new(generation, "test", request.Batch)));
            if (monolith is not null)
            {
                var current = step;
                await monolithic.Measure(counts, () => executor.Run(() => monolith.Step(current)));
            }
        }

        return new()
        {
            StepMsMin = steps.Min,
            StepMsMedian = steps.Median,
            InferMsMin = inferences.Min,
            InferMsMedian = inferences.Median,
            PeakMib = ProcessMemory.PeakMib(),
            MonolithicStepMsMedian = monolith is null ? null : monolithic.Median,
            StepCpuMsMedian = steps.ProcessorMedian,
            MonolithicStepCpuMsMedian = monolith is null ? null : monolithic.ProcessorMedian,
            Runtime = RuntimeDescription.Line(),
        };
    }

    private static RunOptions Options(StepBenchmarkRequest request) =>
        ResolvedOptions.Of(
            new()
            {
                Device = request.Device,
                Model = new() { Name = request.Model },
                Ensemble = new() { Heads = request.Heads, BlocksInHead = request.BlocksInHead },
                Topology = new() { Density = request.Density, Every = 1_000_000_000 },
                Training = new() { Batch = request.Batch, Steps = request.Warmup + request.Steps },
                Evaluation = new() { Batch = request.Batch },
                Execution = new() { BackboneThreads = request.Threads, HeadThreads = request.HeadThreads },
            }
        );
}
