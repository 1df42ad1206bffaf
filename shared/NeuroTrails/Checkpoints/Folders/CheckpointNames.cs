using System.Globalization;

namespace NeuroTrails.Checkpoints;

/// <summary>Names inside <c>checkpoints/</c>. Whatever is not <c>step-…</c> is never taken for a checkpoint.</summary>
internal static class CheckpointNames
{
    /// <summary>A checkpoint on its way in.</summary>
    public const string DraftPrefix = "tmp-";

    /// <summary>A checkpoint put aside while another of its step takes its place.</summary>
    public const string AsidePrefix = "old-";

    /// <summary>A checkpoint on its way out.</summary>
    public const string DoomedPrefix = "del-";

    /// <summary>File that tells the best one.</summary>
    public const string BestFile = "best.json";

    /// <summary>What an owner's file ends in.</summary>
    public const string OwnerExtension = ".safetensors";

    private const string StepPrefix = "step-";

    /// <summary>Folder name of a step: <c>step-00000125</c>.</summary>
    public static string Step(long step) => string.Create(CultureInfo.InvariantCulture, $"{StepPrefix}{step:D8}");

    /// <summary>Folder name of a draft; it carries the generation so that owners left over from an
    /// older one cannot write into it.</summary>
    public static string Draft(long step, long generation) =>
        string.Create(CultureInfo.InvariantCulture, $"{DraftPrefix}{Step(step)}-g{generation}");

    /// <summary>The step in a folder's name, or null where it is none of ours.</summary>
    public static long? ParseStep(string name) =>
        name.StartsWith(StepPrefix, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(StepPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var step)
        && name == Step(step)
            ? step
            : null;

    /// <summary>Step and generation in a draft's name, or null where it is none.</summary>
    public static (long Step, long Generation)? ParseDraft(string name)
    {
        var mark = name.LastIndexOf("-g", StringComparison.Ordinal);
        return
            name.StartsWith(DraftPrefix, StringComparison.Ordinal)
            && mark > DraftPrefix.Length
            && ParseStep(name[DraftPrefix.Length..mark]) is { } step
            && long.TryParse(name.AsSpan(mark + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            ? (step, generation)
            : null;
    }

    /// <summary>File name of an owner such as <c>backbone</c> or <c>head-0</c>.</summary>
    /// <exception cref="ArgumentException">Anything but lower-case letters, digits and hyphens.</exception>
    public static string OwnerFile(string owner) =>
        owner.Length > 0 && owner.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? owner + OwnerExtension
            : throw new ArgumentException($"'{owner}' is no owner's name; lower-case letters, digits and hyphens make one", nameof(owner));
}
