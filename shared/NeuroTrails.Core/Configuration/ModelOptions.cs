namespace NeuroTrails.Configuration;

/// <summary>Which network is trained.</summary>
public sealed record ModelOptions
{
    /// <summary>
    /// <c>mlp</c>, <c>wrn-D-K</c> (WideResNet, depth D = 6n+4, widening K), <c>resnet18</c>, <c>resnet34</c>, <c>resnet50</c>, or a name
    /// that the host registered. Default <c>wrn-10-2</c>.
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

    /// <summary>Dropout probability inside the residual blocks of WideResNet, 0 to below 1. Default 0.</summary>
    [Allowed(AtLeast = 0, Below = 1)]
    public double Dropout { get; init; }
}
