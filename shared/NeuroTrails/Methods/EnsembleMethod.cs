using System.Globalization;
using NeuroTrails.Configuration;
using NeuroTrails.Models;

namespace NeuroTrails.Methods;

/// <summary>
/// A way to make an ensemble: which part of the network the owners share, which part each member has for itself, and which settings leave
/// no choice. A method is one file;
/// <see cref="EnsembleMethods"/> registers it. Nothing outside of this room knows a method's name.
/// </summary>
public abstract class EnsembleMethod
{
    /// <summary>Name for <c>ensemble.method</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Settings that the method decides, by dotted path. Defaults and presets give way to it; another value that a user gives is refused.
    /// </summary>
    public virtual IReadOnlyDictionary<string, object?> Fixed { get; } = new Dictionary<string, object?>();

    /// <summary>What the owners compute.</summary>
    /// <param name="network">The network, uncut.</param>
    /// <param name="options">The ensemble's form.</param>
    /// <returns>What the backbone computes once for all, which may be nothing, and what each head computes on it.</returns>
    /// <exception cref="UserErrorException">The form does not fit the network.</exception>
    public virtual (NetworkPart Backbone, NetworkPart Head) Cut(Network network, EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        return network.Cut(options.BlocksInHead);
    }

    /// <summary>Members of the ensemble that each head holds; above 1 they are passes of one network with dropout.</summary>
    /// <param name="options">The ensemble's form.</param>
    public virtual int MembersPerHead(EnsembleOptions options) => 1;

    /// <summary>The ensemble's form in a few words: <c>3 heads of 2 blocks on a shared backbone</c>.</summary>
    /// <param name="options">The ensemble's form.</param>
    public virtual string Describe(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return $"{Count(options.Heads, "head")} of {Count(options.BlocksInHead, "block")} on a shared backbone";
    }

    /// <summary>A number of things.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">Singular: <c>pass</c>.</param>
    /// <param name="many">Plural, where it is not the singular and an s: <c>passes</c>.</param>
    protected static string Count(int count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");
}
