namespace NeuroTrails.Running;

/// <summary>Asks for a text to be gone on with.</summary>
/// <param name="RunFolder">Absolute path of the run folder.</param>
/// <param name="Checkpoint">Which of its checkpoints.</param>
/// <param name="Prompt">The text, as bytes.</param>
/// <param name="Tokens">How many tokens to add, at least 1.</param>
/// <param name="Temperature">0 (always the most probable token) or above; 1 is the distribution as it is.</param>
/// <param name="TopP">Share of the probability that the tokens to draw from have together, above 0, at most 1.</param>
/// <param name="Seed">Seed of the draws.</param>
/// <param name="Device">Where to compute, when not where the run did.</param>
public sealed record GenerationRequest(
    string RunFolder,
    CheckpointChoice Checkpoint,
    byte[] Prompt,
    int Tokens,
    double Temperature,
    double TopP,
    long Seed,
    string? Device = null
);

/// <summary>What was generated.</summary>
/// <param name="Tokens">Tokens.</param>
/// <param name="Step">Step of the checkpoint.</param>
/// <param name="Surprise">Mean of −log p of the tokens by the ensemble, in nats.</param>
/// <param name="Disagreement">Share of the tokens for which heads had different favourites; null for one head.</param>
public sealed record GeneratedText(int Tokens, long Step, double Surprise, double? Disagreement);
