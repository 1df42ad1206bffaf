using NeuroTrails.Data;
using NeuroTrails.Execution;
using static TorchSharp.torch;

namespace NeuroTrails.Training;

/// <summary>Hands out training batches as tensors, step after step; the next ones are read on another thread meanwhile.</summary>
/// <param name="data">The run's data.</param>
/// <param name="plan">The run's plan.</param>
/// <param name="first">Step that will be taken first, from 1.</param>
public sealed class StepBatches(IRunData data, RunPlan plan, long first) : IDisposable
{
    private readonly BatchPrefetcher _prefetcher = new(data.Training, plan.Options.Data.Prefetch, first, plan.TotalSteps + 1);

    /// <summary>The batch of a step.</summary>
    /// <param name="step">Step, from 1.</param>
    /// <param name="device">Where the tensors shall live.</param>
    /// <returns>Images [B, C, H, W], channels-last in memory and in the run's arithmetic, and
    /// labels int64 [B]; both owned by the caller.</returns>
    public (Tensor Images, Tensor Labels) Take(long step, Device device)
    {
        var batch = _prefetcher.Take(step);
        var (images, labels) = BatchTensors.ToDevice(batch, device, plan.Arithmetic, channelsLast: true);
        _prefetcher.Return(batch);
        return (images.DetachFromDisposeScope(), labels.DetachFromDisposeScope());
    }

    /// <inheritdoc/>
    public void Dispose() => _prefetcher.Dispose();
}
