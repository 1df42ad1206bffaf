using NeuroTrails.Configuration;
using NeuroTrails.Models;
using NeuroTrails.Models.Graphs;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Methods;

/// <summary>
/// Packed-Ensembles (Laurent et al. 2023, arXiv 2210.09184): M thin networks side by side in one network of grouped convolutions. Each
/// has α/M of the width, α being <c>ensemble.packed_width</c>, and its own convolutions are divided into <c>ensemble.packed_groups</c>.
/// </summary>
public sealed class Packed : StackedInputs
{
    /// <inheritdoc/>
    public override string Name => "packed";

    /// <inheritdoc/>
    public override IReadOnlyList<string> OwnSettings => ["ensemble.members", "ensemble.packed_width", "ensemble.packed_groups"];

    /// <inheritdoc/>
    public override Network Build(ModelCatalogue models, RunOptions options, DataShape data)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(data);
        var stacked = data.Sample with { Channels = checked(options.Ensemble.Members * data.Sample.Channels) };
        return models.Build(options.Model, stacked, data.Classes) with { Decoration = Decoration(options) };
    }

    /// <inheritdoc/>
    public override HeadLoss Train(HeadPass pass, long step, Tensor input_B, Tensor labels_B)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(input_B);
        ArgumentNullException.ThrowIfNull(labels_B);
        var (members, batch) = (pass.Plan.MembersPerHead, input_B.shape[0]);
        var logits_BMC = pass.Forward(Stack(input_B, members), training: true).view(batch, members, -1);
        return pass.Loss(logits_BMC.view(batch * members, -1), labels_B.repeat_interleave(members), members);
    }

    /// <inheritdoc/>
    public override string Describe(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return $"{Count(options.Members, "thin network")} packed into one";
    }

    /// <inheritdoc/>
    protected override GraphDecoration Decoration(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var ensemble = options.Ensemble;
        return new Grouped(Width(options) * ensemble.PackedWidth / ensemble.Members, ensemble.Members, ensemble.PackedGroups);
    }

    private sealed class Grouped(double thinness, int members, int groups) : GraphDecoration(thinness)
    {
        public override int Channels(int outputs) => checked(members * base.Channels(outputs));

        internal override GraphValue Convolution(GraphBuilder graph, string name, GraphValue input, int outputs, int kernel, int stride)
        {
            // The first layer, which sees the samples, is not divided any further.
            var (inside, made) = (input == graph.Input ? 1 : groups, Channels(outputs));
            var (takes, makes) = (input.Shape.Channels / members, made / members);
            return takes % inside == 0 && makes % inside == 0
                ? graph.PlainConvolution(name, input, made, kernel, stride, members * inside)
                : throw new UserErrorException(
                    $"Each of the {members} packed networks has a convolution from {takes} to {makes} channels, which do not fall into "
                        + $"{inside} groups. Allowed: divisors of both. Change ensemble.packed_groups (1 always fits), or the width by "
                        + "ensemble.packed_width, ensemble.members or model.name."
                );
        }

        internal override GraphValue Linear(GraphBuilder graph, string name, GraphValue input, int outputs, bool isClassifier) =>
            graph.PlainLinear(name, input, isClassifier ? checked(members * outputs) : Channels(outputs), isClassifier, members);
    }
}
