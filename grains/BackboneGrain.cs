using Microsoft.Extensions.Logging;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Data;
using NeuroTrails.Execution;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Grains;

/// <summary>The shared backbone. It conducts a step: one forward pass, every head at once, one backward pass, and everybody's apply.</summary>
/// <param name="services">What the silo offers to owners.</param>
/// <param name="logger">Log.</param>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Freed by Releasing, which deactivation calls.")]
public sealed class BackboneGrain(OwnerServices services, ILogger<BackboneGrain> logger)
    : OwnerGrain<BackboneWorker>(services, logger), IBackboneGrain
{
    private IHeadGrain[] _heads = [];
    private OwnerSetup? _setup;
    private RunPlan? _plan;
    private StepBatches? _batches;
    private IRunData? _data;

    /// <inheritdoc/>
    protected override OwnerId Owner => OwnerId.Backbone;

    /// <inheritdoc/>
    public Task<StepReply> TrainStep(StepRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return OnceAsync(request.Id, nameof(TrainStep), () => Step(request.Id));
    }

    /// <inheritdoc/>
    public async Task<EnsembleLogits> InferSplit(InferSplitRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var batch = Data().Range(request.Split, request.Start, request.Count);
        return await Infer(request.Generation, batch);
    }

    /// <inheritdoc/>
    public async Task<EnsembleLogits> InferSamples(InferSamplesRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await Infer(request.Generation, Data().Normalise(request.Samples));
    }

    /// <inheritdoc/>
    protected override BackboneWorker CreateWorker(RunPlan plan, string device) => new(plan, TorchDevices.Parse(device));

    /// <inheritdoc/>
    protected override async Task Prepared(OwnerSetup setup, RunOptions options, BackboneWorker worker, OwnerExecutor executor)
    {
        _setup = setup;
        _plan = worker.Plan;
        _heads = [.. Enumerable.Range(0, worker.Plan.Heads).Select(head => GrainFactory.GetGrain<IHeadGrain>(GrainKeys.Head(setup.RunId, head)))];
        _data = await executor.Run(() => Services.OpenData(options));
        _batches = new(_data, worker.Plan, setup.FirstStep);
    }

    /// <inheritdoc/>
    protected override void Releasing()
    {
        _batches?.Dispose();
        _batches = null;
        _data = null;
    }

    private IRunData Data() => _data ?? throw new OwnerLostException("The backbone has not been prepared.");

    private async Task<StepReply> Step(StepId id)
    {
        var (plan, batches) = (_plan, _batches);
        if (plan is null || batches is null)
        {
            throw new OwnerLostException("The backbone has not been prepared.");
        }

        var size = plan.Options.Training.Batch;
        var (activation, labels) = await OnExecutor(id.Generation, worker =>
        {
            var (images, target) = batches.Take(id.Step, worker.Tensors.Device);
            using (images)
            {
                return (new TensorMessage(worker.Forward(images)), new TensorMessage(target));
            }
        });
        using (activation)
        using (labels)
        {
            var replies = await Task.WhenAll(_heads.Select(head => head.Backward(new(id, activation, labels))));
            double[] losses = [.. replies.Select(reply => reply.Loss)];
            double[] accuracies = [.. replies.Select(reply => (double)reply.Correct / size)];
            if (!losses.All(double.IsFinite))
            {
                await OnExecutor(id.Generation, worker =>
                {
                    worker.Forget();
                    return true;
                });
                return new(id, losses, accuracies, null, Applied: false);
            }

            // Without clipping nothing stands between a head's gradients and its weights, so heads apply while the backbone goes backward.
            var early = plan.Options.Training.ClipNorm is null ? ApplyHeads(id, 1.0) : null;
            var squared = await OnExecutor(id.Generation, worker => Backward(worker, replies));
            var clipping = squared is null ? default : GradientClip.Combine(squared.Value, replies.Select(reply => reply.SquaredNorm ?? 0), plan.Options.Training.ClipNorm);
            await Task.WhenAll(
                early ?? ApplyHeads(id, clipping.Scale),
                OnExecutor(id.Generation, worker =>
                {
                    worker.Apply(id.Step, early is null ? clipping.Scale : 1.0);
                    return true;
                }));
            return new(id, losses, accuracies, squared is null ? null : clipping.Norm, Applied: true);
        }
    }

    private static double? Backward(BackboneWorker worker, BackwardReply[] replies)
    {
        var gradients = replies.OrderBy(reply => reply.Head).Select(reply => reply.Gradient.Borrow()).ToList();
        try
        {
            return worker.Backward(gradients);
        }
        finally
        {
            gradients.ForEach(gradient => gradient.Dispose());
        }
    }

    private Task ApplyHeads(StepId id, double scale) => Task.WhenAll(_heads.Select(head => head.Apply(new(id, scale))));

    private async Task<EnsembleLogits> Infer(long generation, HostBatch batch)
    {
        using var activation = await OnExecutor(generation, worker =>
        {
            var (images, labels) = BatchTensors.ToDevice(batch, worker.Tensors.Device, worker.Plan.Arithmetic, channelsLast: true);
            using (images)
            using (labels)
            {
                return new TensorMessage(worker.Infer(images));
            }
        });
        var replies = await Task.WhenAll(_heads.Select(head => head.Infer(new(generation, activation))));
        return new([.. replies.SelectMany(reply => reply.LogitsBC)], batch.Labels);
    }
}
