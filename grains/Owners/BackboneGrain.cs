using Microsoft.Extensions.Logging;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Execution;
using NeuroTrails.Metrics;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Training;

namespace NeuroTrails.Grains;

/// <summary>
/// The shared backbone. It conducts a step: one forward pass, every head at once, one backward pass, and everybody's apply. Where gradients
/// are shared it is the first of several replicas, adds up what all of them contribute, and tells them what to apply.
/// </summary>
internal sealed class BackboneGrain(OwnerServices services, ILogger<BackboneGrain> logger)
    : BackboneReplica(services, logger),
        IBackboneGrain
{
    private IReplicaGrain[] _replicas = [];
    private (MeasureRequest Request, Task<EnsembleFigures> Figures)? _measuring;
    private int _measured;

    public Task<StepReply> TrainStep(StepRequest request)
    {
        _measuring = null;
        return OnceAsync(request.Id, nameof(TrainStep), () => Step(request.Id));
    }

    public override async Task<TopologyReply> UpdateTopology(TopologyRequest request)
    {
        var elsewhere = _replicas.Select(replica => HedgedCalls.Ask(() => replica.UpdateTopology(request), Services.Time)).ToList();
        var own = await base.UpdateTopology(request);
        foreach (var other in await Answer(request.Id.Generation, Task.WhenAll(elsewhere)))
        {
            if (other with { Layers = null } != own with { Layers = null })
            {
                throw new Topology.TopologyInvariantException(
                    $"{request.Id}: the backbone's replicas disagree on its topology: {own} here, {other} elsewhere."
                );
            }
        }

        return own;
    }

    public Task<EnsembleFigures> Measure(MeasureRequest request, CancellationToken stop = default)
    {
        if (_measuring is not { } last || last.Request != request || last.Figures.IsFaulted || last.Figures.IsCanceled)
        {
            _measuring = last = (request, MeasureAll(request, stop));
        }

        return last.Figures;
    }

    public Task<int> Measured() => Task.FromResult(_measured);

    protected override Task Saving(StepId id) => CompareReplicas(id);

    protected override Task Prepared(OwnerSetup setup, RunOptions options, BackboneWorker worker, OwnerExecutor executor)
    {
        _replicas =
        [
            .. Enumerable
                .Range(1, setup.Replicas)
                .Select(replica => GrainFactory.GetGrain<IReplicaGrain>(GrainKeys.Replica(setup.RunId, replica))),
        ];
        return base.Prepared(setup, options, worker, executor);
    }

    private async Task<EnsembleFigures> MeasureAll(MeasureRequest request, CancellationToken stop)
    {
        var (plan, generation) = (Plan, request.Generation);
        if (plan.IsText)
        {
            return await MeasureTexts(request, stop);
        }

        var evaluation = new EnsembleEvaluation(
            plan.Members,
            plan.Data.Classes,
            plan.Options.Ensemble.Prediction,
            metrics: Services.Metrics
        );
        for (var start = 0; start < request.Samples; start += plan.Options.Evaluation.Batch)
        {
            stop.ThrowIfCancellationRequested();
            _measured = start;
            var count = Math.Min(plan.Options.Evaluation.Batch, request.Samples - start);
            var range = new InferSplitRequest(generation, request.Split, start, count);
            var elsewhere = _replicas.Select(replica => HedgedCalls.Ask(() => replica.InferSplit(range), Services.Time)).ToList();
            var (own, labels) = await Infer(range);
            var heads = own.Concat((await Answer(generation, Task.WhenAll(elsewhere))).SelectMany(replica => replica));
            double[] logits_HBC = [.. heads.OrderBy(head => head.Head).SelectMany(head => head.LogitsBC)];
            await OnExecutor(
                generation,
                _ =>
                {
                    evaluation.Add<double>(logits_HBC, labels);
                    return true;
                }
            );
        }

        return EnsembleFigures.Of(evaluation.Result(), plan.Method.MemberWord);
    }

    // A vocabulary's scores are many: each head reduces its own, and a part is no larger than in training.
    private async Task<EnsembleFigures> MeasureTexts(MeasureRequest request, CancellationToken stop)
    {
        var (plan, generation) = (Plan, request.Generation);
        var evaluation = new TokenEvaluation(plan.Members, (await OpenData(generation)).Shape.BytesPerToken);
        var size = plan.EvaluationBatch;
        for (var start = 0; start < request.Samples; start += size)
        {
            stop.ThrowIfCancellationRequested();
            _measured = start;
            var range = new InferSplitRequest(generation, request.Split, start, Math.Min(size, request.Samples - start));
            var scoring = _replicas.Select(replica => HedgedCalls.Ask(() => replica.ScoreSplit(range), Services.Time)).ToList();
            var own = await Score(range);
            var others = await Answer(generation, Task.WhenAll(scoring));
            var heads = own.Concat(others.SelectMany(replica => replica))
                .OrderBy(head => head.Head)
                .Select(head => head.ToTokens())
                .ToList();
            var look = new LookRequest(generation, start, TokenEvaluation.Wanted(heads));
            var looking = _replicas.Select(replica => HedgedCalls.Ask(() => replica.LookSplit(look), Services.Time)).ToList();
            var near = await Look(look);
            var far = await Answer(generation, Task.WhenAll(looking));
            var answers = near.Concat(far.SelectMany(replica => replica)).OrderBy(head => head.Head).Select(head => head.Probabilities);
            await OnExecutor(
                generation,
                _ =>
                {
                    evaluation.Add(heads, look.Tokens, [.. answers]);
                    return true;
                }
            );
        }

        return EnsembleFigures.Of(evaluation.Result(), plan.Method.MemberWord);
    }

    private async Task<StepReply> Step(StepId id)
    {
        var plan = Plan;
        var elsewhere = _replicas.Select(replica => replica.Share(new(id))).ToList();
        var pass = await Pass(id);
        var shares = await Answer(id.Generation, Task.WhenAll(elsewhere));
        var heads = pass.Heads.Concat(shares.SelectMany(share => share.Heads)).OrderBy(head => head.Head).ToList();
        double[] losses = [.. heads.Select(head => head.Loss)];
        double[] accuracies = [.. heads.Select(head => (double)head.Correct / pass.Targets)];
        if (!losses.All(double.IsFinite))
        {
            await pass.Backward;
            var data = await OpenData(id.Generation);
            var fault = await OnExecutor(
                id.Generation,
                worker =>
                {
                    worker.Forget();
                    return BatchFault.Of(data.Training(id.Step));
                }
            );
            return new(id, losses, accuracies, null, Applied: false, fault);
        }

        // Without clipping nothing stands between a head's gradients and its weights, so heads apply while the backbone goes backward.
        var clips = plan.Options.Training.ClipNorm is not null;
        var early = clips ? null : ApplyHeads(id, 1.0);
        await pass.Backward;
        using var sum = await Sum(id, shares);
        var squared = clips ? await OnExecutor(id.Generation, worker => (double?)worker.SquaredGradientNorm()) : null;
        var clipping = squared is null
            ? new(0, 1.0)
            : GradientClip.Combine(squared.Value, heads.Select(head => head.SquaredNorm ?? 0), plan.Options.Training.ClipNorm);
        await Task.WhenAll(
            early ?? ApplyHeads(id, clipping.Scale),
            ApplyReplicas(id, clipping.Scale, sum),
            OnExecutor(
                id.Generation,
                worker =>
                {
                    worker.Apply(id.Step, clipping.Scale);
                    return true;
                }
            )
        );
        if (id.Step % plan.Options.Execution.CheckReplicasEvery == 0)
        {
            await CompareReplicas(id);
        }

        return new(id, losses, accuracies, squared is null ? null : clipping.Norm, Applied: true);
    }

    // Adds the replicas' gradients to the backbone's own, in the order of the replicas; absent where it has none.
    private async Task<ReplicaSum?> Sum(StepId id, ReplicaShare[] shares)
    {
        if (shares.Length == 0)
        {
            return null;
        }

        var dense = Plan.NeedsDenseGradients(id.Step);
        await Answer(id.Generation, Task.WhenAll(shares.Select(share => share.Gradients.Ready)));
        return await OnExecutor(
            id.Generation,
            worker =>
            {
                var others = shares.Select(share => share.Gradients.Take()).ToList();
                try
                {
                    return new ReplicaSum(
                        new(ReplicaGradients.Combine(worker.Tensors, others, dense)),
                        new(ReplicaGradients.GatherStatistics(worker.Tensors))
                    );
                }
                finally
                {
                    others.ForEach(other => other.Dispose());
                }
            }
        );
    }

    private Task ApplyReplicas(StepId id, double scale, ReplicaSum? sum) =>
        sum is null
            ? Task.CompletedTask
            : Answer(
                id.Generation,
                Task.WhenAll(_replicas.Select(replica => replica.Apply(new(id, scale, sum.Gradients, sum.Statistics))))
            );

    private async Task CompareReplicas(StepId id)
    {
        if (_replicas.Length == 0)
        {
            return;
        }

        var elsewhere = _replicas.Select(replica => HedgedCalls.Ask(() => replica.Digest(new(id)), Services.Time)).ToList();
        var own = await OnExecutor(id.Generation, worker => OwnerDigest.Of(worker.Tensors));
        var others = await Answer(id.Generation, Task.WhenAll(elsewhere));
        if (Array.FindIndex(others, other => other != own) is >= 0 and var at)
        {
            throw new UserErrorException(
                $"{id}: {GrainKeys.ReplicaName(at + 1)} of the backbone differs from the backbone itself. Gradients can be shared only "
                    + "between silos of one libtorch build, one instruction set and one kind of device. Go on with activations: a new "
                    + "run with --share activations."
            );
        }
    }

    private sealed record ReplicaSum(TensorMessage Gradients, TensorMessage Statistics) : IDisposable
    {
        public void Dispose()
        {
            Gradients.Dispose();
            Statistics.Dispose();
        }
    }
}
