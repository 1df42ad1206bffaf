using NeuroTrails.Configuration;
using NeuroTrails.Models;
using NeuroTrails.Models.Graphs;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Methods;

/// <summary>
/// Monte Carlo dropout (Gal and Ghahramani 2016, arXiv 1506.02142): one dense network predicts several times with dropout, norms in
/// evaluation mode. Each pass drops the same positions of every sample (as in Kirsch et al. 2019, arXiv 1906.08158), and so is one network
/// of its own, a member of the ensemble.
/// </summary>
public sealed class McDropout : EnsembleMethod
{
    /// <inheritdoc/>
    public override string Name => "mc_dropout";

    /// <inheritdoc/>
    public override IReadOnlyList<string> OwnSettings => ["ensemble.passes"];

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fixed { get; } =
        new Dictionary<string, object?> { ["ensemble.heads"] = 1, ["topology.density"] = 1.0 };

    /// <inheritdoc/>
    public override bool Divides => false;

    /// <inheritdoc/>
    public override (NetworkPart Backbone, NetworkPart Head) Cut(Network network, EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        var parts = network.Uncut();
        return parts.Head.Graph.Nodes.Any(node => node.Operation is DropoutOperation)
            ? parts
            : throw new UserErrorException(
                $"Method {Name} needs dropout, and {network.Name} has none here. Allowed: model.dropout above 0, below 1, for a "
                    + "model.name of wrn-D-K. Change model.dropout."
            );
    }

    /// <inheritdoc/>
    public override string MemberWord => "pass";

    /// <inheritdoc/>
    public override int MembersPerHead(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Passes;
    }

    /// <inheritdoc/>
    public override bool OneIsSingle => false;

    /// <inheritdoc/>
    public override NetworkSize FinishedSize(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Size.Passes(plan.MembersPerHead);
    }

    /// <inheritdoc/>
    /// <remarks>A pass draws from the run's seed, the head and the pass' number alone, so that it is the same network for every sample,
    /// whenever it is asked.</remarks>
    public override Tensor Infer(HeadPass pass, Tensor input_B)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var plan = pass.Plan;
        return plan.MembersPerHead == 1 ? base.Infer(pass, input_B) : stack([.. Enumerable.Range(0, plan.MembersPerHead).Select(Member)]);

        Tensor Member(int member)
        {
            using var generator = new Generator((ulong)new OwnerId(member).Seed(pass.Head.Seed(plan.Options.Seed)), CPU);
            return plan
                .Head.Forward(input_B, pass.Tensors.Root, new(false, plan.Arithmetic, generator) { SamplesDropout = true })
                .to_type(plan.MasterType);
        }
    }

    /// <inheritdoc/>
    public override string Describe(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return $"one network, {Count(options.Passes, "pass", "passes")} with dropout";
    }
}
