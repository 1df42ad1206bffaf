using NeuroTrails.Configuration;
using NeuroTrails.Execution;
using NeuroTrails.Models;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Methods;

/// <summary>
/// MIMO (Havasi et al. 2021, arXiv 2010.06610): one dense network with M inputs, stacked on the channels, and M outputs. In training each
/// output learns the label of its own input, an independent shuffle of the batch; in prediction all inputs are the same sample.
/// </summary>
public sealed class Mimo : StackedInputs
{
    /// <inheritdoc/>
    public override string Name => "mimo";

    /// <inheritdoc/>
    public override IReadOnlyList<string> OwnSettings => ["ensemble.members", "ensemble.input_repetition"];

    /// <inheritdoc/>
    public override Network Build(ModelCatalogue models, RunOptions options, DataShape data)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(data);
        var members = options.Ensemble.Members;
        var stacked = data.Sample with { Channels = checked(members * data.Sample.Channels) };
        return models.Build(options.Model, stacked, checked(members * data.Classes)) with { Decoration = Decoration(options) };
    }

    /// <inheritdoc/>
    public override HeadLoss Train(HeadPass pass, long step, Tensor input_B, Tensor labels_B)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(input_B);
        ArgumentNullException.ThrowIfNull(labels_B);
        var (members, batch) = (pass.Plan.MembersPerHead, input_B.shape[0]);
        var moving = (long)Math.Round(batch * (1 - pass.Plan.Options.Ensemble.InputRepetition));
        Tensor[] orders = [.. Enumerable.Range(0, members).Select(Order)];
        var stacked = cat([.. orders.Select(order => input_B.index_select(0, order))], 1);
        var logits_BMC = pass.Forward(stacked, training: true).view(batch, members, -1);
        return pass.Loss(
            logits_BMC.transpose(0, 1).reshape(members * batch, -1),
            cat([.. orders.Select(order => labels_B.index_select(0, order))]),
            members
        );

        // The first input is the batch as it is, so that one input is the single network.
        Tensor Order(int member)
        {
            using var noGrad = no_grad();
            var inOrder = arange(Scalars.Of(batch), dtype: ScalarType.Int64);
            return (
                member == 0
                    ? inOrder
                    : cat([
                        randperm(moving, dtype: ScalarType.Int64, generator: pass.Tensors.Generator),
                        inOrder.narrow(0, moving, batch - moving),
                    ])
            ).to(input_B.device);
        }
    }

    /// <inheritdoc/>
    public override string Describe(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return $"one network of {Count(options.Members, "input")} and as many outputs";
    }
}
