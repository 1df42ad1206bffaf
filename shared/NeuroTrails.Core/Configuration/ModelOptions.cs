namespace NeuroTrails.Configuration;

/// <summary>Which network is trained.</summary>
public sealed record ModelOptions
{
    /// <summary>
    /// <c>mlp</c>, <c>wrn-D-K</c> (WideResNet, depth D = 6n+4, widening K), <c>resnet18</c>, <c>resnet34</c>, <c>resnet50</c>; for texts
    /// <c>llama-9m</c>, <c>llama-130m</c>, <c>llama-350m</c>, or <c>llama</c> of any size; or a name that the host registered. Default
    /// <c>wrn-10-2</c>.
    /// </summary>
    public string Name { get; init; } = "wrn-10-2";

    /// <summary>Factor on the width of every layer but the classifier, 0.01 to 100; widths are rounded. Default 1.</summary>
    [Allowed(AtLeast = 0.01, AtMost = 100)]
    public double Width { get; init; } = 1.0;

    /// <summary>Stem of the ResNets: <c>auto</c> (by image size; small up to 64 pixels), <c>small</c> (3×3, stride 1) or <c>imagenet</c>
    /// (7×7, stride 2, max-pool). Default <c>auto</c>.</summary>
    [Allowed(OneOf = ["auto", "small", "imagenet"])]
    public string Stem { get; init; } = "auto";

    /// <summary>Hidden widths of <c>mlp</c>, one a block, 1 to 65,536 units each. At least one, at most 1000; default 256, 256.</summary>
    [Allowed(AtLeast = 1, AtMost = 65_536, MinItems = 1, MaxItems = 1000)]
    public IReadOnlyList<int> Hidden { get; init; } = [256, 256];

    /// <summary>Features at each position of a llama, 2 to 65,536, an even multiple of <see cref="AttentionHeads"/>. Default null: by the
    /// name (<c>llama</c> and <c>llama-9m</c> 128, 130m 768, 350m 1024).</summary>
    [Allowed(AtLeast = 2, AtMost = 65_536)]
    public int? HiddenSize { get; init; }

    /// <summary>Features inside each feed-forward part of a llama, 1 to 262,144. Default null: by the name (352, 2048, 2736).</summary>
    [Allowed(AtLeast = 1, AtMost = 262_144)]
    public int? IntermediateSize { get; init; }

    /// <summary>Attention heads in each layer of a llama, 1 to 1024; not the ensemble's heads. Default null: by the name (4, 12,
    /// 16).</summary>
    [Allowed(AtLeast = 1, AtMost = 1024)]
    public int? AttentionHeads { get; init; }

    /// <summary>Layers of a llama, the blocks that <c>ensemble.blocks_in_head</c> counts, 1 to 1000. Default null: by the name (4, 12,
    /// 24).</summary>
    [Allowed(AtLeast = 1, AtMost = 1000)]
    public int? Layers { get; init; }

    /// <summary>Whether the embedding of a llama has no mask in a sparse run. Default false.</summary>
    public bool DenseEmbedding { get; init; }

    /// <summary>Dropout probability inside the residual blocks of WideResNet, 0 to below 1. Default 0.</summary>
    [Allowed(AtLeast = 0, Below = 1)]
    public double Dropout { get; init; }
}
