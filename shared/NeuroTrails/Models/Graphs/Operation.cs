namespace NeuroTrails.Models.Graphs;

/// <summary>What a node of a <see cref="ComputationGraph"/> computes. An operation is a description: who executes or exports graphs knows
/// how each kind is computed.</summary>
public abstract record Operation
{
    private protected Operation() { }

    /// <summary>The kind in words, as drawings show it: <c>conv 3×3, stride 2</c>.</summary>
    public abstract string Description { get; }

    /// <summary>Multiply-adds for one sample beyond those with the weights: products of activations with each other.</summary>
    public virtual long Macs => 0;
}

/// <summary>2-D convolution with a square kernel and without a bias (a norm follows in every
/// network here). Tensor: <c>weight</c> [out, in/groups, kernel, kernel].</summary>
/// <param name="Outputs">Output channels.</param>
/// <param name="Kernel">Side of the kernel, odd.</param>
/// <param name="Stride">Step between applications, at least 1.</param>
/// <param name="Groups">Groups of channels, each of which sees only its own.</param>
public sealed record ConvolutionOperation(int Outputs, int Kernel, int Stride, int Groups = 1) : Operation
{
    /// <summary>Zeros around the input on each side, so that stride 1 keeps its size.</summary>
    public int Padding => Kernel / 2;

    /// <inheritdoc/>
    public override string Description =>
        $"conv {Kernel}×{Kernel}{(Stride == 1 ? "" : $", stride {Stride}")}{(Groups == 1 ? "" : $", {Groups} groups")}";
}

/// <summary>Linear map. Tensors: <c>weight</c> [out, in/groups] and, where it has one, <c>bias</c> [out].</summary>
/// <param name="Outputs">Output features.</param>
/// <param name="IsClassifier">Whether the outputs are the class scores.</param>
/// <param name="Groups">Groups of features, each of which sees only its own.</param>
/// <param name="HasBias">Whether it has a bias.</param>
public sealed record LinearOperation(int Outputs, bool IsClassifier, int Groups = 1, bool HasBias = true) : Operation
{
    /// <inheritdoc/>
    public override string Description => Groups == 1 ? "linear" : $"linear, {Groups} groups";
}

/// <summary>Multiplies each channel by a value of the sample's member, or adds one. The batch holds the members' samples one member
/// after the other, as many of each as can be. Tensor: <c>scale</c> or <c>shift</c> [members, channels].</summary>
/// <param name="Members">Members of the batch.</param>
/// <param name="Adds">Whether the values are added.</param>
public sealed record PerMemberOperation(int Members, bool Adds = false) : Operation
{
    /// <inheritdoc/>
    public override string Description => Adds ? $"shift of {Members} members" : $"scale of {Members} members";
}

/// <summary>Zeroes the channels that a sample's member does not have. The batch holds the members' samples one member after the other, as
/// many of each as can be.</summary>
/// <param name="Masks">[members][channels].</param>
public sealed record ChannelMasksOperation(IReadOnlyList<IReadOnlyList<bool>> Masks) : Operation
{
    /// <inheritdoc/>
    public override string Description => $"channel masks of {Masks.Count} members";
}

/// <summary>
/// Batch normalisation over [B, H, W] for each channel (Ioffe and Szegedy 2015). Statistics, scale and shift stay in the masters' type.
/// Tensors, each [channels]:
/// <c>weight</c>, <c>bias</c>, <c>running_mean</c>, <c>running_var</c>.
/// </summary>
public sealed record BatchNormOperation : Operation
{
    /// <summary>Added to the variance.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>Share of the batch's statistics that goes into the running ones in a training step.</summary>
    public const double Momentum = 0.1;

    /// <inheritdoc/>
    public override string Description => "batch norm";
}

/// <summary>max(x, 0).</summary>
public sealed record ReLUOperation : Operation
{
    /// <inheritdoc/>
    public override string Description => "ReLU";
}

/// <summary>Sum of two values of one shape.</summary>
public sealed record AddOperation : Operation
{
    /// <inheritdoc/>
    public override string Description => "add";
}

/// <summary>Maximum over square windows.</summary>
/// <param name="Kernel">Side of a window, odd.</param>
/// <param name="Stride">Step between windows, at least 1.</param>
public sealed record MaxPoolOperation(int Kernel, int Stride) : Operation
{
    /// <summary>Places around the input on each side, which never are the maximum.</summary>
    public int Padding => Kernel / 2;

    /// <inheritdoc/>
    public override string Description => $"max pool {Kernel}×{Kernel}, stride {Stride}";
}

/// <summary>Mean over all positions: [C, H, W] to [C].</summary>
public sealed record GlobalAveragePoolOperation : Operation
{
    /// <inheritdoc/>
    public override string Description => "global average pool";
}

/// <summary>Makes a vector of each sample, in C order of [C, H, W].</summary>
public sealed record FlattenOperation : Operation
{
    /// <inheritdoc/>
    public override string Description => "flatten";
}

/// <summary>In training, zeroes values with a probability and scales the rest by 1/(1−p), by a
/// mask from the owner's generator; else nothing.</summary>
/// <param name="Probability">Probability p of dropping, 0 to below 1.</param>
public sealed record DropoutOperation(double Probability) : Operation
{
    /// <inheritdoc/>
    public override string Description => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"dropout {Probability}");
}

/// <summary>A block that computes with torch directly. Nothing but torch can execute it, and it cannot be exported.</summary>
/// <param name="Block">The block.</param>
public sealed record TorchOperation(TorchBlock Block) : Operation
{
    /// <inheritdoc/>
    public override string Description => $"{Block.GetType().Name} (torch only)";
}
