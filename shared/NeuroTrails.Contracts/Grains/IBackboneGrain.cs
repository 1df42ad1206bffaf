using NeuroTrails.Running;
using Orleans.Concurrency;

namespace NeuroTrails.Contracts;

/// <summary>The shared backbone: loads the batches itself, broadcasts activations to the heads, gathers their gradients. Key:
/// <c>RUN/backbone</c>.</summary>
[Alias("nt.IBackboneGrain")]
public interface IBackboneGrain : IOwnerGrain
{
    /// <summary>One training step over all owners: forward, heads' backward, backward, and everybody's apply.</summary>
    /// <param name="request">Which step; the batch follows from (seed, epoch, step).</param>
    [Alias("TrainStep"), ResponseTimeout("01:00:00")]
    Task<StepReply> TrainStep(StepRequest request);

    /// <summary>Measures the ensemble and its heads on a split: their class scores become figures here, where they come together.</summary>
    /// <param name="request">Split and generation. Asked again while the first call is under way, or before the next step, it has the
    /// same answer.</param>
    /// <param name="stop">Ends the work.</param>
    [Alias("Measure"), ResponseTimeout("10:00:00")]
    Task<EnsembleFigures> Measure(MeasureRequest request, CancellationToken stop = default);

    /// <summary>Samples that the measurement under way has done.</summary>
    [Alias("Measured"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<int> Measured();
}
