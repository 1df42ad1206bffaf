using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Models.Graphs;

namespace NeuroTrails.Models;

/// <summary>A decoder like LLaMA (Touvron et al. 2023): embedding, layers of causal attention with rotary positions and of a gated
/// feed-forward part, each behind an RMS norm, no biases; the classifier is not tied to the embedding. A block is a layer.</summary>
internal static class Llama
{
    private static readonly SortedDictionary<string, (int Hidden, int Intermediate, int Heads, int Layers)> Sizes = new(
        StringComparer.Ordinal
    )
    {
        ["llama"] = (128, 352, 4, 4),
        ["llama-9m"] = (128, 352, 4, 4),
        ["llama-130m"] = (768, 2048, 12, 12),
        ["llama-350m"] = (1024, 2736, 16, 24),
    };

    /// <summary>Names for <c>model.name</c>.</summary>
    public static IEnumerable<string> Names => Sizes.Keys;

    public static Network Build(ModelOptions options, SampleShape input, int classes)
    {
        var size = Sizes[options.Name];
        var hidden = options.HiddenSize ?? size.Hidden;
        var intermediate = options.IntermediateSize ?? size.Intermediate;
        var heads = options.AttentionHeads ?? size.Heads;
        if (hidden % (2 * heads) != 0)
        {
            throw new UserErrorException(
                $"{options.Name} with {heads} attention heads takes a hidden size that is a multiple of {2 * heads} (seen: {hidden}), such "
                    + $"as {Math.Max(1, hidden / (2 * heads)) * 2 * heads}. Change model.hidden_size or model.attention_heads."
            );
        }

        if (options.Width != 1)
        {
            throw new UserErrorException(
                $"model.width changes the widths of networks for images; {options.Name} has its own settings for them. Allowed here: 1. "
                    + "Change model.hidden_size and model.intermediate_size instead."
            );
        }

        return new(
            options.Name,
            input,
            Block.Of(
                "embed_tokens",
                (graph, tokens) => graph.Embedding(string.Empty, tokens, classes, hidden, isMasked: !options.DenseEmbedding)
            ),
            [
                .. Enumerable
                    .Range(0, options.Layers ?? size.Layers)
                    .Select(layer => Block.Of($"block{layer}", (graph, value) => Layer(graph, value, hidden, intermediate, heads))),
            ],
            Block.Of("tail", (graph, value) => graph.Projection("lm_head", graph.RmsNorm("norm", value), classes, isClassifier: true))
        );
    }

    private static GraphValue Layer(GraphBuilder graph, GraphValue input, int hidden, int intermediate, int heads)
    {
        var normed = graph.RmsNorm("input_layernorm", input);
        var seen = graph.Attention(
            graph.Projection("self_attn.q_proj", normed, hidden),
            graph.Projection("self_attn.k_proj", normed, hidden),
            graph.Projection("self_attn.v_proj", normed, hidden),
            heads
        );
        var attended = graph.Add(graph.Projection("self_attn.o_proj", seen, hidden), input);
        var inner = graph.RmsNorm("post_attention_layernorm", attended);
        var gated = graph.Multiply(
            graph.SiLU(graph.Projection("mlp.gate_proj", inner, intermediate)),
            graph.Projection("mlp.up_proj", inner, intermediate)
        );
        return graph.Add(graph.Projection("mlp.down_proj", gated, hidden), attended);
    }
}
