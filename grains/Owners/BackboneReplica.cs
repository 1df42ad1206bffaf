using Microsoft.Extensions.Logging;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Data;
using NeuroTrails.Execution;
using NeuroTrails.Models;
using NeuroTrails.Training;
using NeuroTrails.Training.Losses;

namespace NeuroTrails.Grains;

/// <summary>What the backbone and its replicas have in common: the batches, the heads that they compute with, a step's passes.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Freed by Releasing, which deactivation calls.")]
internal abstract class BackboneReplica(OwnerServices services, ILogger logger) : OwnerGrain<BackboneWorker>(services, logger)
{
    private IHeadGrain[] _heads = [];
    private StepBatches? _batches;
    private IRunData? _data;
    private Func<IRunData>? _open;
    private RunPlan? _plan;

    protected override OwnerId Owner => OwnerId.Backbone;

    protected RunPlan Plan => _plan ?? throw Unprepared();

    protected override BackboneWorker CreateWorker(RunPlan plan, string device) => new(plan, TorchDevices.Parse(device));

    protected override async Task Prepared(OwnerSetup setup, RunOptions options, BackboneWorker worker, OwnerExecutor executor)
    {
        _plan = worker.Plan;
        _heads = [.. setup.Heads.Select(head => GrainFactory.GetGrain<IHeadGrain>(GrainKeys.Head(setup.RunId, head)))];
        (_data, _open) = (null, () => Services.OpenData(options, setup.Data.Record));
        if (setup.FirstStep > 0)
        {
            _data = await executor.Run(_open);
            _batches = new(_data, worker.Plan, setup.FirstStep);
        }
    }

    protected override void Releasing()
    {
        _batches?.Dispose();
        (_batches, _data, _open, _plan) = (null, null, null, null);
    }

    // While heads are at one micro-batch, the next is computed and sent. The backward pass may still be going on; there is none where a
    // loss is not finite.
    protected async Task<ReplicaPass> Pass(StepId id)
    {
        var plan = Plan;
        var batches = _batches ??= new(await OpenData(id.Generation), plan, id.Step);
        var sent = new List<(TensorMessage Activation, TensorMessage Labels)>();
        var asked = new List<Task<BackwardReply[]>>();
        try
        {
            var (images, labels, targets) = await OnExecutor(
                id.Generation,
                worker =>
                {
                    worker.Begin();
                    var (images_B, labels_B) = batches.Take(id.Step, worker.Tensors.Device);
                    return (images_B, labels_B, TokenCrossEntropy.Targets(labels_B));
                }
            );
            using (images)
            using (labels)
            {
                for (var micro = 0; micro < plan.MicroBatches; micro++)
                {
                    var number = micro;
                    var part = await OnExecutor(
                        id.Generation,
                        worker =>
                        {
                            var (activation, labels_B) = worker.ForwardPart(images, labels, number);
                            return (Activation: new TensorMessage(activation), Labels: new TensorMessage(labels_B));
                        }
                    );
                    sent.Add(part);
                    asked.Add(AskHeads(new(id, micro, part.Activation, part.Labels, targets)));
                }
            }

            var pass = new ReplicaPass(_heads.Length, plan.MicroBatches, targets);
            foreach (var answer in asked)
            {
                var replies = await answer;
                pass.Add(replies);
                if (pass.IsFinite)
                {
                    pass.Backward = Task.WhenAll(pass.Backward, OnExecutor(id.Generation, worker => Backward(worker, replies)));
                }
            }

            return pass;
        }
        finally
        {
            // Where one call failed the others may still be reading.
            await ((Task)Task.WhenAll(asked)).WithoutThrowing();
            sent.ForEach(part =>
            {
                part.Activation.Dispose();
                part.Labels.Dispose();
            });
        }
    }

    // The run's data; opened when they are first asked for where the run is not trained.
    protected async Task<IRunData> OpenData(long generation)
    {
        var open = _open ?? throw Unprepared();
        return _data ??= await OnExecutor(generation, _ => open());
    }

    protected Task ApplyHeads(StepId id, double scale) =>
        Answer(id.Generation, Task.WhenAll(_heads.Select(head => head.Apply(new(id, scale)))));

    protected async Task<(HeadLogits[] Heads, long[] Labels)> Infer(InferSplitRequest request)
    {
        var data = await OpenData(request.Generation);
        var batch = data.Range(request.Split, request.Start, request.Count);
        return (await Infer(request.Generation, batch), batch.Labels);
    }

    /// <summary>What these heads expect of part of a split of texts; their scores stay with them for <see cref="Look"/>.</summary>
    /// <param name="request">Split and range.</param>
    protected async Task<HeadExpectation[]> Score(InferSplitRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var data = await OpenData(request.Generation);
        var (activation, next) = await OnExecutor(
            request.Generation,
            worker =>
            {
                var batch = data.Range(request.Split, request.Start, request.Count);
                var (tokens, next_BL) = BatchTensors.ToDevice(batch, worker.Tensors.Device, worker.Plan.Arithmetic, channelsLast: true);
                using (tokens)
                {
                    return (new TensorMessage(worker.Infer(tokens)), new TensorMessage(next_BL.DetachFromDisposeScope()));
                }
            }
        );
        using (activation)
        using (next)
        {
            var asked = new HeadScoreRequest(request.Generation, request.Start, activation, next);
            return await Answer(request.Generation, Task.WhenAll(_heads.Select(head => head.Score(asked))));
        }
    }

    /// <summary>Probabilities of tokens in the part that was scored last, by these heads.</summary>
    /// <param name="request">Part and tokens.</param>
    protected Task<HeadProbabilities[]> Look(LookRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Answer(request.Generation, Task.WhenAll(_heads.Select(head => head.Look(request))));
    }

    private static OwnerLostException Unprepared() => new("The backbone has not been prepared.");

    private static bool Backward(BackboneWorker worker, BackwardReply[] replies)
    {
        var gradients = replies.OrderBy(reply => reply.Head).Select(reply => reply.Gradient.Take()).ToList();
        try
        {
            worker.Backward(gradients);
            return true;
        }
        finally
        {
            gradients.ForEach(gradient => gradient.Dispose());
        }
    }

    private async Task<BackwardReply[]> AskHeads(BackwardRequest request)
    {
        var generation = request.Id.Generation;
        var replies = await Answer(generation, Task.WhenAll(_heads.Select(head => head.Backward(request))));
        await Answer(generation, Task.WhenAll(replies.Select(reply => reply.Gradient.Ready)));
        return replies;
    }

    private async Task<HeadLogits[]> Infer(long generation, HostBatch batch)
    {
        using var activation = await OnExecutor(
            generation,
            worker =>
            {
                var (images, labels) = BatchTensors.ToDevice(batch, worker.Tensors.Device, worker.Plan.Arithmetic, channelsLast: true);
                using (images)
                using (labels)
                {
                    return new TensorMessage(worker.Infer(images));
                }
            }
        );
        return await Answer(generation, Task.WhenAll(_heads.Select(head => head.Infer(new(generation, activation)))));
    }
}
