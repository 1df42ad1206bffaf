using System.Globalization;
using NeuroTrails.Models;

namespace NeuroTrails.Export;

/// <summary>Names that tensors have in the code of the method's authors, where all owners are one PyTorch module.</summary>
public static class PublishedNames
{
    private static readonly string[] LlamaParts = ["self_attn.", "mlp.", "input_layernorm.", "post_attention_layernorm."];

    /// <summary>
    /// The published name of a tensor: <c>conv1.weight</c> (stem), <c>shared_blocks.0.conv1.weight</c>,
    /// <c>blocks_head1.0.convShortcut.weight</c>, <c>bn_1.weight</c>, <c>fc_1.weight</c>; of a llama <c>embed_tokens.weight</c>,
    /// <c>shared_layers.0.mlp.up_proj.weight</c>, <c>layers_head1.0.mlp.up_proj.weight</c>, <c>norm_1.weight</c>,
    /// <c>lm_head_1.weight</c>.
    /// </summary>
    /// <param name="owner">Who holds the tensor.</param>
    /// <param name="tensor">Its name there; blocks are called <c>block0</c>, <c>block1</c>, ….</param>
    /// <param name="sharedBlocks">Blocks of the backbone.</param>
    public static string Of(OwnerId owner, string tensor, int sharedBlocks)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (OfLlama(owner, tensor, sharedBlocks) is { } name)
        {
            return name;
        }

        var parts = tensor.Replace("shortcut", "convShortcut", StringComparison.Ordinal).Split('.', 2);
        return parts[0] switch
        {
            "stem" => $"conv1.{parts[1]}",
            "tail" when parts[1].StartsWith("bn.", StringComparison.Ordinal) => $"bn_{owner.Head}.{parts[1][3..]}",
            "classifier" => $"fc_{owner.Head}.{parts[1]}",
            "tail" => $"fc_{owner.Head}.{parts[1]["classifier.".Length..]}",
            var block when owner.IsBackbone => $"shared_blocks.{Index(block)}.{parts[1]}",
            var block => $"blocks_head{owner.Head}.{Index(block) - sharedBlocks}.{parts[1]}",
        };
    }

    private static string? OfLlama(OwnerId owner, string tensor, int sharedBlocks) =>
        tensor.Split('.', 2) is not [var block, var rest] ? null
        : block == "embed_tokens" ? tensor
        : rest == "norm.weight" ? $"norm_{owner.Head}.weight"
        : rest == "lm_head.weight" ? $"lm_head_{owner.Head}.weight"
        : !LlamaParts.Any(part => rest.StartsWith(part, StringComparison.Ordinal)) ? null
        : owner.IsBackbone ? $"shared_layers.{Index(block)}.{rest}"
        : $"layers_head{owner.Head}.{Index(block) - sharedBlocks}.{rest}";

    private static int Index(string block) => int.Parse(block["block".Length..], CultureInfo.InvariantCulture);
}
