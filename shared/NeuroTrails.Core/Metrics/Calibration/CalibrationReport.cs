namespace NeuroTrails.Metrics.Calibration;

/// <summary>What a temperature that was fitted on validation does to the figures of another split.</summary>
/// <param name="Temperature">T, from <see cref="TemperatureScaling.Lowest"/> to <see cref="TemperatureScaling.Highest"/>; above 1 where
/// predictions were too sure.</param>
/// <param name="NllBefore">Negative log-likelihood in nats of the predictions as they are.</param>
/// <param name="NllAfter">The same at temperature T.</param>
/// <param name="EceBefore">Expected calibration error, 15 bins, of the predictions as they are.</param>
/// <param name="EceAfter">The same at temperature T.</param>
public sealed record TemperatureReport(double Temperature, double NllBefore, double NllAfter, double EceBefore, double EceAfter);

/// <summary>What was fitted on one split and measured on another.</summary>
/// <param name="FittedOn">Name of the split that temperatures and threshold come from.</param>
/// <param name="Samples">Samples of that split.</param>
/// <param name="Ensemble">The ensemble, by the logarithm of its combined prediction.</param>
/// <param name="Heads">Each head alone, by its logits [M].</param>
/// <param name="Conformal">Sets of classes by the ensemble's prediction as it is, without a temperature.</param>
public sealed record CalibrationReport(
    string FittedOn,
    int Samples,
    TemperatureReport Ensemble,
    IReadOnlyList<TemperatureReport> Heads,
    SplitConformalReport Conformal
);
