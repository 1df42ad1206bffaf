namespace NeuroTrails.Models;

/// <summary>Declares one tensor of a block.</summary>
/// <param name="Name">Name inside its block, dotted: <c>conv1.weight</c>.</param>
/// <param name="Shape">Dimensions: [out, in, kernel, kernel] of a convolution, [out, in] of a linear map, [channels] of a norm.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Initialiser">How it starts.</param>
/// <param name="Uses">Times each element is used for one sample: output positions of a convolution, 1 of a linear map, 0 where it costs no
/// multiply-add worth counting; of running statistics, the values of one sample that each is taken over.</param>
/// <param name="FanIn">Inputs that one output sums over; for the initialiser.</param>
/// <param name="FanOut">Outputs that one input reaches, of a convolution; for the initialiser.</param>
public sealed record TensorSpec(
    string Name,
    IReadOnlyList<long> Shape,
    TensorRole Role,
    Initialiser Initialiser,
    long Uses = 0,
    long FanIn = 0,
    long FanOut = 0
)
{
    /// <summary>Number of elements.</summary>
    public long Count { get; } = Shape.Aggregate(1L, (product, extent) => checked(product * extent));

    /// <summary>Whether a sparse run masks this tensor.</summary>
    public bool Maskable => Role is TensorRole.Weight or TensorRole.Classifier;

    /// <summary>Whether weight decay acts on it.</summary>
    public bool Decays => Role != TensorRole.FastWeight;

    /// <summary>Multiply-adds that the dense tensor costs for one sample.</summary>
    public long Macs => Count * Uses;

    /// <summary>The same tensor under a parent's name.</summary>
    /// <param name="parent">The parent block's name, or empty.</param>
    public TensorSpec Under(string parent) => parent.Length == 0 ? this : this with { Name = $"{parent}.{Name}" };
}
