using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Models.Graphs;

namespace NeuroTrails.Methods;

/// <summary>
/// Masksembles (Durasov et al. 2021, arXiv 2012.08334): one dense network in which each member leaves out channels of its own, by fixed
/// masks that overlap as much as <c>ensemble.mask_scale</c> says. Masks act on what goes into a convolution or linear map, behind norm and
/// ReLU.
/// </summary>
public sealed class Masksembles : DividedBatch
{
    private const int Attempts = 1000;

    /// <inheritdoc/>
    public override string Name => "masksembles";

    /// <inheritdoc/>
    public override IReadOnlyList<string> OwnSettings => ["ensemble.members", "ensemble.mask_scale"];

    /// <inheritdoc/>
    public override string Describe(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return $"one network, {Count(options.Members, "member")} by masks of channels";
    }

    /// <summary>Draws the masks of a layer: each member takes equally many of more places than there are channels, and places that nobody
    /// takes are left out.</summary>
    /// <param name="channels">Channels, at least 1.</param>
    /// <param name="members">Members, at least 1.</param>
    /// <param name="scale">1: all channels for each member; the larger, the less overlap.</param>
    /// <param name="random">Randomness.</param>
    /// <returns>[members][channels]; every member has as many channels, every channel a member.</returns>
    public static bool[][] DrawMasks(int channels, int members, double scale, ref CounterRandom random)
    {
        // Of n·scale places each member takes n; a share of them is then expected to be taken by somebody.
        var share = scale * (1 - Math.Pow(1 - (1 / scale), members));
        var each = Math.Clamp((int)Math.Round(channels / share), (channels + members - 1) / members, channels);
        var places = Math.Max(channels, (int)Math.Round(each * scale));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var drawn = Draw(places, ref random);
            int[] union = [.. drawn.SelectMany(set => set).Distinct().Order()];
            if (union.Length == channels)
            {
                return [.. drawn.Select(set => union.Select(set.Contains).ToArray())];
            }
        }

        // No draw came out even: as many places as channels, and those that nobody took go to members that share others.
        var sets = Draw(channels, ref random);
        foreach (var missing in Enumerable.Range(0, channels).Except(sets.SelectMany(set => set)).ToList())
        {
            var (from, shared) = sets.SelectMany(set => set.Order().Select(place => (Set: set, Place: place)))
                .First(pair => sets.Count(set => set.Contains(pair.Place)) > 1);
            from.Remove(shared);
            from.Add(missing);
        }

        return [.. sets.Select(set => Enumerable.Range(0, channels).Select(set.Contains).ToArray())];

        HashSet<int>[] Draw(int from, ref CounterRandom random)
        {
            var drawn = new HashSet<int>[members];
            for (var member = 0; member < members; member++)
            {
                // The first of a shuffle (Fisher and Yates).
                int[] all = [.. Enumerable.Range(0, from)];
                for (var i = 0; i < each; i++)
                {
                    var other = i + random.NextInt32(from - i);
                    (all[i], all[other]) = (all[other], all[i]);
                }

                drawn[member] = [.. all.Take(each)];
            }

            return drawn;
        }
    }

    /// <inheritdoc/>
    protected override GraphDecoration Decoration(RunOptions options) => new Layers(Width(options), options);

    private sealed class Layers(double width, RunOptions options) : GraphDecoration(width)
    {
        internal override GraphValue Convolution(GraphBuilder graph, string name, GraphValue input, int outputs, int kernel, int stride) =>
            base.Convolution(graph, name, Masked(graph, input), outputs, kernel, stride);

        internal override GraphValue Linear(GraphBuilder graph, string name, GraphValue input, int outputs, bool isClassifier) =>
            base.Linear(graph, name, Masked(graph, input), outputs, isClassifier);

        private GraphValue Masked(GraphBuilder graph, GraphValue input)
        {
            if (graph.IsSample(input))
            {
                return input;
            }

            // One mask for a value, however many layers take it: which is known by its number.
            var random = new CounterRandom(options.Seed, RandomStream.ChannelMask, position: input.Id);
            return graph.ChannelMasks(
                input,
                DrawMasks(input.Shape.Channels, options.Ensemble.Members, options.Ensemble.MaskScale, ref random)
            );
        }
    }
}
