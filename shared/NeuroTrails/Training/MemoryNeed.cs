using System.Globalization;
using NeuroTrails.Configuration;
using NeuroTrails.Methods;
using NeuroTrails.Models;

namespace NeuroTrails.Training;

/// <summary>The least memory that a run takes, by arithmetic: nothing is made for it. Activations
/// come on top, and what the data take.</summary>
public static class MemoryNeed
{
    private const int BytesPerMib = 1 << 20;

    /// <summary>Bytes of weights, gradients and moments of the backbone and of one head, and of the networks that the head keeps.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="backbone">What the backbone computes.</param>
    /// <param name="head">What each head computes.</param>
    public static (Int128 Backbone, Int128 Head) Of(RunOptions options, NetworkPart backbone, NetworkPart head)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(backbone);
        ArgumentNullException.ThrowIfNull(head);
        var training = options.Training;
        var moments =
            training.Optimizer != OptimizerKind.Sgd ? 2
            : training.Momentum > 0 ? 1
            : 0;
        var size = training.Precision == Precision.Float64 ? sizeof(double) : sizeof(float);
        var bytes = (2 + moments) * size;
        var kept = EnsembleMethods.Of(options.Ensemble.Method).KeptNetworks(options.Ensemble);
        var one =
            (Count(head) * size) + (options.Topology.Density < 1 ? head.Maskable.Aggregate((Int128)0, (sum, spec) => sum + spec.Count) : 0);
        return (Count(backbone) * bytes, (Count(head) * bytes) + (kept * one));

        static Int128 Count(NetworkPart part) => part.Parameters.Aggregate((Int128)0, (sum, spec) => sum + spec.Count);
    }

    /// <summary>Refuses a run for which one machine has not enough.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="data">Shape of the data.</param>
    /// <param name="models">The networks by name.</param>
    /// <param name="available">Bytes that the machine has.</param>
    /// <exception cref="UserErrorException">It takes more.</exception>
    public static void Refuse(RunOptions options, DataShape data, ModelCatalogue models, long available)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(models);
        var method = EnsembleMethods.Of(options.Ensemble.Method);
        TextCheck.Check(method, options, data);
        Network network;
        try
        {
            network = method.Build(models, options, data);
        }
        catch (OverflowException)
        {
            // The plan says so, in its own words.
            return;
        }

        var kept = method.KeptNetworks(options.Ensemble);
        var (shared, own) = method.Cut(network, options.Ensemble);
        var (backbone, head) = Of(options, shared, own);
        var need = backbone + (options.Ensemble.Heads * head);
        if (need <= available)
        {
            return;
        }

        var fit = head == 0 ? 0 : (available - backbone) / head;
        var allowed =
            fit >= 1
                ? $"Allowed here: 1 to {Text(fit)} heads. Change ensemble.heads, or take a smaller network"
                : "Not even one head fits. Take a smaller network";
        var past = kept > 0 ? $", and for {Text(kept)} more networks that method {method.Name} keeps" : string.Empty;
        var more = kept > 0 ? method.OwnSettings.Where(IsCount) : ["ensemble.blocks_in_head"];
        throw new UserErrorException(
            $"{network.Name} with {Text(options.Ensemble.Heads)} {(options.Ensemble.Heads == 1 ? "head" : "heads")} takes at least "
                + $"{Text(need / BytesPerMib)} MiB for weights, gradients and moments{past}, "
                + $"and this machine has {Text(available / BytesPerMib)} MiB. {allowed} (model.name, model.hidden"
                + $"{string.Concat(more.Select(setting => ", " + setting))}), or train on a cluster."
        );

        static bool IsCount(string setting) => setting is "ensemble.members" or "ensemble.rank";

        static string Text(Int128 number) => number.ToString("N0", CultureInfo.InvariantCulture);
    }
}
