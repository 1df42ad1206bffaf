using Microsoft.Extensions.Logging;
using NeuroTrails.Contracts;
using NeuroTrails.Execution;
using NeuroTrails.Models;
using NeuroTrails.Telemetry;
using NeuroTrails.Training;

namespace NeuroTrails.Grains;

/// <summary>One sparse head.</summary>
internal sealed class HeadGrain(OwnerServices services, ILogger<HeadGrain> logger) : OwnerGrain<HeadWorker>(services, logger), IHeadGrain
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    protected override OwnerId Owner => new(GrainKeys.HeadIndex(this.GetPrimaryKeyString()));

    public async Task<BackwardReply> Backward(BackwardRequest request)
    {
        using var span = RunSpans.Head(Owner.Head, request.Id.Step);
        return await OnceAsync(
            request.Id,
            $"{nameof(Backward)} {request.Micro}",
            async () =>
            {
                await Answer(request.Id.Generation, Task.WhenAll(request.Activation.Ready, request.Labels.Ready));
                await Turn(request);
                return await OnExecutor(request.Id.Generation, worker => Backward(worker, request));
            }
        );
    }

    public Task Apply(ApplyRequest request) =>
        Once(
            request.Id,
            nameof(Apply),
            worker =>
            {
                worker.Apply(request.Id.Step, request.GradientScale);
                return true;
            }
        );

    public Task<KeepReply> Keep(KeepRequest request) =>
        Once(
            request.Id,
            nameof(Keep),
            worker => new KeepReply(worker.Keep(request.Id.Step, request.Nll is { } nll ? new(nll, request.MemberAccuracy) : null))
        );

    public async Task<HeadLogits> Infer(HeadInferRequest request)
    {
        await Answer(request.Generation, request.Activation.Ready);
        return await OnExecutor(
            request.Generation,
            worker =>
            {
                using var activation = request.Activation.Take();
                using var logits = worker.Infer(activation);
                return new HeadLogits(Owner.Head, HostCopies.Doubles(logits));
            }
        );
    }

    public async Task<HeadExpectation> Score(HeadScoreRequest request)
    {
        await Answer(request.Generation, Task.WhenAll(request.Activation.Ready, request.Next.Ready));
        return await OnExecutor(
            request.Generation,
            worker =>
            {
                using var activation = request.Activation.Take();
                using var next = request.Next.Take();
                return HeadExpectation.Of(worker.Score(request.Key, activation, next));
            }
        );
    }

    public Task<HeadProbabilities> Look(LookRequest request) =>
        OnExecutor(
            request.Generation,
            worker =>
                worker.Look(request.Key, request.Tokens) is { } probabilities
                    ? new HeadProbabilities(Owner.Head, probabilities)
                    : throw new OwnerLostException($"{Owner} holds the scores of another batch than that of window {request.Key}.")
        );

    protected override HeadWorker CreateWorker(RunPlan plan, string device) => new(plan, Owner, TorchDevices.Parse(device));

    // Messages may overtake each other. Where the part before is lost for good, Backward says so.
    private async Task Turn(BackwardRequest request)
    {
        var began = Services.Time.GetTimestamp();
        while (
            request.Micro > 0
            && Services.Time.GetElapsedTime(began) < Patience
            && !await OnExecutor(request.Id.Generation, worker => worker.IsTurn(request.Micro))
        )
        {
            await Task.Delay(Pause, Services.Time);
        }
    }

    private BackwardReply Backward(HeadWorker worker, BackwardRequest request)
    {
        // Gradients add up in the order of the micro-batches; one that overtook another must not change the sum.
        if (!worker.IsTurn(request.Micro))
        {
            throw new OwnerLostException($"{Owner} got micro-batch {request.Micro} of {request.Id} out of turn.");
        }

        using var activation = request.Activation.Take();
        using var labels = request.Labels.Take();
        var result = worker.Backward(request.Id.Step, request.Micro, activation, labels, request.Targets);
        return new(request.Id, Owner.Head, result.Loss, result.Correct, result.SquaredNorm, new(result.Gradient));
    }
}
