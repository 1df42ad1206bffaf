namespace NeuroTrails.Contracts;

/// <summary>One training step, as the backbone saw it.</summary>
/// <param name="Id">Which step.</param>
/// <param name="HeadLoss">Mean cross-entropy of each head, in nats [M].</param>
/// <param name="HeadAccuracy">Share of the batch that each head classifies rightly [M].</param>
/// <param name="GradientNorm">Norm of the whole gradient; only where the run clips.</param>
/// <param name="Applied">False where a loss was not finite, and nobody applied the step.</param>
/// <param name="BatchFault">What is wrong with the values of the batch, where a loss was not finite; null where they are in order.</param>
[GenerateSerializer, Immutable, Alias("nt.StepReply")]
public sealed record StepReply(
    StepId Id,
    double[] HeadLoss,
    double[] HeadAccuracy,
    double? GradientNorm,
    bool Applied,
    string? BatchFault = null
);
