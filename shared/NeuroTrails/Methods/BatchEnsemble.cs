using NeuroTrails.Configuration;
using NeuroTrails.Models;
using NeuroTrails.Models.Graphs;

namespace NeuroTrails.Methods;

/// <summary>
/// BatchEnsemble (Wen et al. 2020, arXiv 2002.06715): one dense network whose weights W each member has as W ∘ (s rᵀ). A layer multiplies
/// its input's channels by r and its output's by s; both start as random signs and do not decay; biases are each member's own, norms are
/// shared.
/// </summary>
public sealed class BatchEnsemble : DividedBatch
{
    /// <inheritdoc/>
    public override string Name => "batch_ensemble";

    /// <inheritdoc/>
    public override string Describe(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return $"one network, {Count(options.Members, "member")} by factors of rank one";
    }

    /// <inheritdoc/>
    protected override GraphDecoration Decoration(RunOptions options) => new Factors(Width(options), options.Ensemble.Members);

    private sealed class Factors(double width, int members) : GraphDecoration(width)
    {
        internal override GraphValue Convolution(GraphBuilder graph, string name, GraphValue input, int outputs, int kernel, int stride) =>
            Scale(graph, name, "s", base.Convolution(graph, name, Scale(graph, name, "r", input), outputs, kernel, stride));

        internal override GraphValue Linear(GraphBuilder graph, string name, GraphValue input, int outputs, bool isClassifier)
        {
            var scaled = Scale(graph, name, "r", input);
            var product = graph.PlainLinear(name, scaled, isClassifier ? outputs : Channels(outputs), isClassifier, hasBias: false);
            return graph.PerMember(
                Under(name, "bias"),
                Scale(graph, name, "s", product),
                new(members, Adds: true),
                TensorRole.Dense,
                Initialiser.Zeros
            );
        }

        private GraphValue Scale(GraphBuilder graph, string layer, string name, GraphValue value) =>
            graph.PerMember(Under(layer, name), value, new(members), TensorRole.FastWeight, Initialiser.RandomSigns);

        private static string Under(string layer, string name) => layer.Length == 0 ? name : $"{layer}.{name}";
    }
}
