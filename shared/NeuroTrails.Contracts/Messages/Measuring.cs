using NeuroTrails.Metrics;

namespace NeuroTrails.Contracts;

/// <summary>Asks for a split to be measured.</summary>
[GenerateSerializer, Immutable, Alias("nt.MeasureRequest")]
internal sealed record MeasureRequest(long Generation, string Split, int Samples);

/// <summary>Asks the backbone for the heads' class scores of one batch of a split.</summary>
[GenerateSerializer, Immutable, Alias("nt.InferSplitRequest")]
internal sealed record InferSplitRequest(long Generation, string Split, int Start, int Count);

/// <summary>Asks a head for class scores in evaluation mode.</summary>
[GenerateSerializer, Immutable, Alias("nt.HeadInferRequest")]
internal sealed record HeadInferRequest(long Generation, TensorMessage Activation);

/// <summary>A head's class scores.</summary>
/// <param name="Head">Index of the head.</param>
/// <param name="LogitsBC">Logits of its members, [members, B, C] in C order.</param>
[GenerateSerializer, Immutable, Alias("nt.HeadLogits")]
internal sealed record HeadLogits(int Head, double[] LogitsBC);

/// <summary>Asks a head what it expects of a batch of texts.</summary>
/// <param name="Generation">Generation of the weights that is meant.</param>
/// <param name="Key">Names the batch: index of its first window.</param>
/// <param name="Activation">The backbone's output [B, …].</param>
/// <param name="Next">The next tokens, int64 [B, L], −1 where there is none.</param>
[GenerateSerializer, Immutable, Alias("nt.HeadScoreRequest")]
internal sealed record HeadScoreRequest(long Generation, int Key, TensorMessage Activation, TensorMessage Next);

/// <summary>Asks for the probabilities of tokens in the batch that was scored last.</summary>
/// <param name="Generation">Generation of the weights that is meant.</param>
/// <param name="Key">Names the batch.</param>
/// <param name="Tokens">The same number of tokens for each position that has a next one.</param>
[GenerateSerializer, Immutable, Alias("nt.LookRequest")]
internal sealed record LookRequest(long Generation, int Key, int[] Tokens);

/// <summary>What a head expects of a batch of texts; its scores stay with it.</summary>
/// <param name="Head">Index of the head.</param>
/// <param name="Next">The next tokens [N].</param>
/// <param name="LogProbability">Logarithm of the probability of each, in nats [N].</param>
/// <param name="Candidates">The most probable tokens [N·K].</param>
/// <param name="Least">Probability of the last of them [N].</param>
[GenerateSerializer, Immutable, Alias("nt.HeadExpectation")]
internal sealed record HeadExpectation(int Head, long[] Next, double[] LogProbability, int[] Candidates, double[] Least)
{
    public HeadTokens ToTokens() => new(Head, Next, LogProbability, Candidates, Least);

    public static HeadExpectation Of(HeadTokens tokens) =>
        new(tokens.Head, tokens.Next, tokens.LogProbability, tokens.Candidates, tokens.Least);
}

/// <summary>Probabilities that a head was asked for.</summary>
/// <param name="Head">Index of the head.</param>
/// <param name="Probabilities">In the order of the tokens.</param>
[GenerateSerializer, Immutable, Alias("nt.HeadProbabilities")]
internal sealed record HeadProbabilities(int Head, double[] Probabilities);
