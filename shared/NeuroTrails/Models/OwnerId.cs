using System.Globalization;

namespace NeuroTrails.Models;

/// <summary>Who owns tensors: the backbone, or one of the heads.</summary>
/// <param name="Head">Index of the head from 0; −1 for the backbone.</param>
public readonly record struct OwnerId(int Head)
{
    /// <summary>The backbone.</summary>
    public static OwnerId Backbone => new(-1);

    /// <summary>Whether this is the backbone.</summary>
    public bool IsBackbone => Head < 0;

    /// <summary>The backbone, then heads 0 to M−1: the fixed order in which owners are combined.</summary>
    /// <param name="heads">Number of heads M.</param>
    public static IEnumerable<OwnerId> All(int heads) => Enumerable.Range(-1, heads + 1).Select(index => new OwnerId(index));

    /// <summary>Name in checkpoints and messages: <c>backbone</c>, <c>head-0</c>, ….</summary>
    public override string ToString() => IsBackbone ? "backbone" : string.Create(CultureInfo.InvariantCulture, $"head-{Head}");

    /// <summary>The seed of this owner's generator: a mix of run seed, role and index, so that neighbouring seeds share nothing.</summary>
    /// <param name="runSeed">The run's seed.</param>
    public long Seed(long runSeed)
    {
        var mixed = Mix(Mix((ulong)runSeed) ^ (ulong)(Head + 2));
        return (long)(mixed >> 1);
    }

    // The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
