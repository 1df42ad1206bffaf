using System.Globalization;
using NeuroTrails.Models;

namespace NeuroTrails.Export;

/// <summary>Names that tensors have in the code of the method's authors, where all owners are one PyTorch module.</summary>
public static class PublishedNames
{
    /// <summary>
    /// The published name of a tensor: <c>conv1.weight</c> (stem), <c>shared_blocks.0.conv1.weight</c>,
    /// <c>blocks_head1.0.convShortcut.weight</c>, <c>bn_1.weight</c>, <c>fc_1.weight</c>.
    /// </summary>
    /// <param name="owner">Who holds the tensor.</param>
    /// <param name="tensor">Its name there; blocks are called <c>block0</c>, <c>block1</c>, ….</param>
    /// <param name="sharedBlocks">Blocks of the backbone.</param>
    public static string Of(OwnerId owner, string tensor, int sharedBlocks)
    {
        ArgumentNullException.ThrowIfNull(tensor);
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

    private static int Index(string block) => int.Parse(block["block".Length..], CultureInfo.InvariantCulture);
}
