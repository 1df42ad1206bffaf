using System.Globalization;

namespace NeuroTrails.Checkpoints;

/// <summary>Names inside <c>checkpoints/</c>. Whatever is not <c>step-…</c> is never taken for a checkpoint.</summary>
internal static class CheckpointNames
{
    // A checkpoint on its way in.
    public const string DraftPrefix = "tmp-";

    // A checkpoint put aside while another of its step takes its place.
    public const string AsidePrefix = "old-";

    // A checkpoint on its way out.
    public const string DoomedPrefix = "del-";

    public const string BestFile = "best.json";

    public const string OwnerExtension = ".safetensors";

    private const string StepPrefix = "step-";

    // Folder name of a step: step-00000125.
    public static string Step(long step) => string.Create(CultureInfo.InvariantCulture, $"{StepPrefix}{step:D8}");

    // Folder name of a draft; it carries the generation so that owners left over from an older one cannot write into it.
    public static string Draft(long step, long generation) =>
        string.Create(CultureInfo.InvariantCulture, $"{DraftPrefix}{Step(step)}-g{generation}");

    public static long? ParseStep(string name) =>
        name.StartsWith(StepPrefix, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(StepPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var step)
        && name == Step(step)
            ? step
            : null;

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

    public static string OwnerFile(string owner) =>
        owner.Length > 0 && owner.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? owner + OwnerExtension
            : throw new ArgumentException($"'{owner}' is no owner's name; lower-case letters, digits and hyphens make one", nameof(owner));
}
