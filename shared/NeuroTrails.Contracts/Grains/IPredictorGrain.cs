using NeuroTrails.Running;
using Orleans.Concurrency;

namespace NeuroTrails.Contracts;

/// <summary>Combines the heads' class scores into predictions and measures them. Key: the run.</summary>
[Alias("nt.IPredictorGrain")]
public interface IPredictorGrain : IGrainWithStringKey
{
    /// <summary>Measures the ensemble and its heads on a split.</summary>
    /// <param name="request">Split and generation.</param>
    /// <param name="stop">Ends the work.</param>
    [Alias("Measure"), ResponseTimeout("10:00:00")]
    Task<EnsembleFigures> Measure(MeasureRequest request, CancellationToken stop = default);

    /// <summary>Samples that the measurement under way has done.</summary>
    [Alias("Measured"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<int> Measured();

    /// <summary>Predicts for samples.</summary>
    /// <param name="request">The samples.</param>
    [Alias("Predict"), ResponseTimeout("10:00:00")]
    Task<Predictions> Predict(PredictRequest request);
}
