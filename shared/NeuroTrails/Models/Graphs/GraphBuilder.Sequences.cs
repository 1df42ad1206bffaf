namespace NeuroTrails.Models.Graphs;

/// <content>Operations on texts: a value holds features C for each of L positions.</content>
public sealed partial class GraphBuilder
{
    /// <summary>A row of features for each token.</summary>
    /// <param name="name">Name inside the block.</param>
    /// <param name="tokens">Windows of tokens: the graph's input.</param>
    /// <param name="vocabulary">Number of tokens that there are, at least 2.</param>
    /// <param name="outputs">Features C, at least 1.</param>
    /// <param name="isMasked">Whether a sparse run masks it.</param>
    /// <returns>C features at L positions.</returns>
    /// <exception cref="UserErrorException">The samples are no windows of tokens.</exception>
    public GraphValue Embedding(string name, GraphValue tokens, int vocabulary, int outputs, bool isMasked = true)
    {
        var shape = Shape(tokens);
        if (!shape.IsTokens)
        {
            throw new UserErrorException(
                $"A language model takes windows of tokens, but the data has samples of shape {shape.Features}. Change data.name (text, "
                    + "tinyshakespeare), or model.name."
            );
        }

        return Add(
            name,
            new EmbeddingOperation(outputs),
            shape with
            {
                Channels = outputs,
            },
            [new("weight", [vocabulary, outputs], isMasked ? TensorRole.Weight : TensorRole.Dense, Initialiser.Normal, 0, outputs)],
            tokens
        );
    }

    /// <summary>Linear map without a bias, of each position by itself.</summary>
    /// <param name="name">Name inside the block.</param>
    /// <param name="input">Features at L positions.</param>
    /// <param name="outputs">Output features, at least 1.</param>
    /// <param name="isClassifier">Whether the outputs are the scores of tokens.</param>
    /// <returns>As many features at L positions.</returns>
    public GraphValue Projection(string name, GraphValue input, int outputs, bool isClassifier = false) =>
        PlainLinear(name, input, outputs, isClassifier, hasBias: false, initialiser: Initialiser.Normal);

    /// <summary>Divides each position's features by the root of their mean square, times a scale for each feature (Zhang and Sennrich
    /// 2019).</summary>
    /// <param name="name">Name inside the block.</param>
    /// <param name="input">Features at L positions.</param>
    /// <returns>The same shape.</returns>
    public GraphValue RmsNorm(string name, GraphValue input)
    {
        var shape = Sequence(input);
        return Add(name, new RmsNormOperation(), shape, [new("weight", [shape.Channels], TensorRole.Dense, Initialiser.Ones)], input);
    }

    /// <summary>Causal attention with rotary positions; see <see cref="AttentionOperation"/>.</summary>
    /// <param name="query">C features at L positions.</param>
    /// <param name="key">The same shape.</param>
    /// <param name="value">The same shape.</param>
    /// <param name="heads">Attention heads; C is an even multiple of it.</param>
    /// <returns>The same shape.</returns>
    public GraphValue Attention(GraphValue query, GraphValue key, GraphValue value, int heads)
    {
        var shape = Sequence(query);
        return shape == Shape(key) && shape == Shape(value) && heads >= 1 && shape.Channels % (2 * heads) == 0
            ? Add(new AttentionOperation(heads, shape.Channels, shape.Width), shape, query, key, value)
            : throw new ArgumentException(
                $"Attention takes three values of one shape, and an even number of features for each of {heads} heads (seen: "
                    + $"{shape.Features}, {Shape(key).Features} and {Shape(value).Features}).",
                nameof(heads)
            );
    }

    /// <summary>x · sigmoid(x).</summary>
    /// <param name="input">Any shape.</param>
    /// <returns>The same shape.</returns>
    public GraphValue SiLU(GraphValue input) => Add(new SiLUOperation(), Shape(input), input);

    /// <summary>The product of two values, element by element.</summary>
    /// <param name="left">Any shape.</param>
    /// <param name="right">The same shape.</param>
    /// <returns>The same shape.</returns>
    public GraphValue Multiply(GraphValue left, GraphValue right) =>
        Shape(left) == Shape(right)
            ? Add(new MultiplyOperation(), left.Shape, left, right)
            : throw new ArgumentException(
                $"Only values of one shape can be multiplied (seen: {left.Shape.Features} and {right.Shape.Features}).",
                nameof(right)
            );

    private Data.SampleShape Sequence(GraphValue value) =>
        Shape(value) is { IsSequence: true, IsTokens: false } shape
            ? shape
            : throw new ArgumentException($"Features at the positions of a text are taken (seen: {value.Shape.Features}).", nameof(value));
}
