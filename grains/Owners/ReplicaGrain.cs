using Microsoft.Extensions.Logging;
using NeuroTrails.Contracts;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Grains;

/// <summary>A replica of the backbone beside the heads of another silo.</summary>
internal sealed class ReplicaGrain(OwnerServices services, ILogger<ReplicaGrain> logger) : BackboneReplica(services, logger), IReplicaGrain
{
    public Task<ReplicaShare> Share(StepRequest request) =>
        OnceAsync(
            request.Id,
            nameof(Share),
            async () =>
            {
                var id = request.Id;
                var pass = await Pass(id);
                await pass.Backward;
                return await OnExecutor(
                    id.Generation,
                    worker =>
                    {
                        // Nobody will go on from a loss that is not finite.
                        worker.Forget();
                        return new ReplicaShare(
                            id,
                            pass.Heads,
                            new(ReplicaGradients.Gather(worker.Tensors, Plan.NeedsDenseGradients(id.Step)))
                        );
                    }
                );
            }
        );

    public Task Apply(ReplicaApplyRequest request) =>
        OnceAsync(
            request.Id,
            nameof(Apply),
            async () =>
            {
                var id = request.Id;
                var heads = ApplyHeads(id, request.GradientScale);
                await Answer(id.Generation, Task.WhenAll(request.Gradients.Ready, request.Statistics.Ready));
                await OnExecutor(
                    id.Generation,
                    worker =>
                    {
                        using var gradients = request.Gradients.Take();
                        using var statistics = request.Statistics.Take();
                        ReplicaGradients.Scatter(worker.Tensors, gradients, Plan.NeedsDenseGradients(id.Step));
                        ReplicaGradients.ScatterStatistics(worker.Tensors, statistics);
                        worker.Apply(id.Step, request.GradientScale);
                        return true;
                    }
                );
                await heads;
                return true;
            }
        );

    public Task<string> Digest(StepRequest request) =>
        OnExecutor(
            request.Id.Generation,
            worker =>
            {
                worker.RestoreStatistics();
                return OwnerDigest.Of(worker.Tensors);
            }
        );

    public async Task<HeadLogits[]> InferSplit(InferSplitRequest request) => (await Infer(request)).Heads;

    /// <inheritdoc/>
    public Task<HeadExpectation[]> ScoreSplit(InferSplitRequest request) => Score(request);

    /// <inheritdoc/>
    public Task<HeadProbabilities[]> LookSplit(LookRequest request) => Look(request);
}
