using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Export;

/// <summary>What the tensors of a run are called in a file of weights.</summary>
internal sealed class WeightNames
{
    // Stands before the name of a tensor whose mask is meant.
    public const string MaskPrefix = "mask/";

    private const string Statistics = ".running_mean";

    private readonly RunPlan _plan;
    private readonly int _sharedBlocks;

    public WeightNames(RunPlan plan)
    {
        _plan = plan;
        _sharedBlocks = plan.Network.Blocks.Count(block =>
            plan.Backbone.Tensors.Any(spec => spec.Name.StartsWith($"{block.Name}.", StringComparison.Ordinal))
        );

        // The published module has one stem. Several whole networks have one each, and no published names.
        ArePublished = plan.Network.Blocks.All(block => block is WideResNetBlock) && (plan.Heads == 1 || plan.Backbone.Tensors.Count > 0);
    }

    // Whether the names are those of PublishedNames; else they are our own, head-0.block1.linear.weight.
    public bool ArePublished { get; }

    public string Of(OwnerId owner, string tensor) => ArePublished ? PublishedNames.Of(owner, tensor, _sharedBlocks) : $"{owner}.{tensor}";

    public IEnumerable<(OwnerId Owner, TensorSpec Spec, string Name)> All => _plan.Owners.SelectMany(OfOwner);

    public IEnumerable<(OwnerId Owner, TensorSpec Spec, string Name)> OfOwner(OwnerId owner) =>
        _plan.Part(owner).Tensors.Select(spec => (owner, spec, Of(owner, spec.Name)));

    // The counters that a norm of PyTorch has beside its running statistics: bn_0.num_batches_tracked, I64 [].
    public IEnumerable<string> Counters =>
        All.Where(tensor => tensor.Name.EndsWith(Statistics, StringComparison.Ordinal))
            .Select(tensor => $"{tensor.Name[..^Statistics.Length]}.num_batches_tracked");
}
