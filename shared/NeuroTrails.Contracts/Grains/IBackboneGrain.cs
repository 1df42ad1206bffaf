using NeuroTrails.Running;
using Orleans.Concurrency;

namespace NeuroTrails.Contracts;

/// <summary>The shared backbone: loads the batches itself, broadcasts activations to the heads, gathers their gradients. Key:
/// <c>RUN/backbone</c>.</summary>
[Alias("nt.IBackboneGrain")]
internal interface IBackboneGrain : IOwnerGrain
{
    // One training step over all owners: forward, heads' backward, backward, and everybody's apply.
    [Alias("TrainStep"), ResponseTimeout("01:00:00")]
    Task<StepReply> TrainStep(StepRequest request);

    // Class scores become figures here, where they come together. Asked again while the first call is under way, or before the next step,
    // it has the same answer.
    [Alias("Measure"), ResponseTimeout("10:00:00")]
    Task<EnsembleFigures> Measure(MeasureRequest request, CancellationToken stop = default);

    // Samples that the measurement under way has done.
    [Alias("Measured"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<int> Measured();
}
