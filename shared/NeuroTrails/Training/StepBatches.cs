using NeuroTrails.Data;
using static TorchSharp.torch;

namespace NeuroTrails.Training;

/// <summary>Hands out training batches as tensors, step after step; the next one is read on another thread meanwhile.</summary>
/// <param name="data">The run's data.</param>
/// <param name="plan">The run's plan.</param>
public sealed class StepBatches(IRunData data, RunPlan plan) : IDisposable
{
    private (long Step, Task<HostBatch> Batch)? _next;

    /// <summary>The batch of a step.</summary>
    /// <param name="step">Step, from 1.</param>
    /// <param name="device">Where the tensors shall live.</param>
    /// <returns>Images [B, C, H, W], channels-last in memory and in the run's arithmetic, and labels int64 [B]; both owned by the caller.</returns>
    public (Tensor Images, Tensor Labels) Take(long step, Device device)
    {
        var ready = _next is { } next && next.Step == step ? next.Batch.GetAwaiter().GetResult() : data.Training(step);
        _next = step < plan.TotalSteps ? (step + 1, Task.Run(() => data.Training(step + 1))) : null;
        using var noGrad = no_grad();
        return (Images(ready, device, plan.Arithmetic), tensor(ready.Labels).to(device).DetachFromDisposeScope());
    }

    /// <summary>A batch's samples as a tensor.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="device">Where the tensor shall live.</param>
    /// <param name="type">Its type.</param>
    /// <returns>[B, C, H, W], channels-last in memory; owned by the caller.</returns>
    public static Tensor Images(HostBatch batch, Device device, ScalarType type)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var shape = batch.Shape;
        var images = tensor(batch.Pixels, [batch.Count, shape.Channels, shape.Height, shape.Width]);
        return images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).to(type).to(device).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A batch still being read touches nothing but managed memory; its fault, if any, is nobody's any more.
        _next?.Batch.ContinueWith(static batch => _ = batch.Exception, TaskScheduler.Default);
        _next = null;
    }
}
