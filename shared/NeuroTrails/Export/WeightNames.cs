using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Export;

/// <summary>What the tensors of a run are called in a file of weights.</summary>
public sealed class WeightNames
{
    /// <summary>Stands before the name of a tensor whose mask is meant.</summary>
    public const string MaskPrefix = "mask/";

    private const string Statistics = ".running_mean";

    private readonly RunPlan _plan;
    private readonly int _sharedBlocks;

    /// <summary>Names the tensors of a run.</summary>
    /// <param name="plan">The run's plan.</param>
    public WeightNames(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _plan = plan;
        _sharedBlocks = plan.Network.Blocks.Count(block =>
            plan.Backbone.Tensors.Any(spec => spec.Name.StartsWith($"{block.Name}.", StringComparison.Ordinal))
        );

        // The published module has one stem. Several whole networks have one each, and no published names.
        ArePublished = plan.Network.Blocks.All(block => block is WideResNetBlock) && (plan.Heads == 1 || plan.Backbone.Tensors.Count > 0);
    }

    /// <summary>Whether the names are those of <see cref="PublishedNames"/>; else they are our own,
    /// <c>head-0.block1.linear.weight</c>.</summary>
    public bool ArePublished { get; }

    /// <summary>Name of a tensor.</summary>
    /// <param name="owner">Who holds it.</param>
    /// <param name="tensor">Its name there.</param>
    public string Of(OwnerId owner, string tensor) => ArePublished ? PublishedNames.Of(owner, tensor, _sharedBlocks) : $"{owner}.{tensor}";

    /// <summary>Every tensor of every owner: the backbone's, then the heads'.</summary>
    public IEnumerable<(OwnerId Owner, TensorSpec Spec, string Name)> All => _plan.Owners.SelectMany(OfOwner);

    /// <summary>Every tensor of an owner, in the order of its blocks.</summary>
    /// <param name="owner">The owner.</param>
    public IEnumerable<(OwnerId Owner, TensorSpec Spec, string Name)> OfOwner(OwnerId owner) =>
        _plan.Part(owner).Tensors.Select(spec => (owner, spec, Of(owner, spec.Name)));

    /// <summary>The counters that a norm of PyTorch has beside its running statistics: <c>bn_0.num_batches_tracked</c>, I64 [].</summary>
    public IEnumerable<string> Counters =>
        All.Where(tensor => tensor.Name.EndsWith(Statistics, StringComparison.Ordinal))
            .Select(tensor => $"{tensor.Name[..^Statistics.Length]}.num_batches_tracked");
}
