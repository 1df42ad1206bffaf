using System.Globalization;

namespace NeuroTrails.Data;

/// <summary>Reads the entries of <c>data.augment</c>.</summary>
internal static class AugmentationNames
{
    private const string Allowed = "crop, crop:PIXELS, flip, resized_crop, resized_crop:SHARE, cutout, cutout:PIXELS";

    public static (IReadOnlyList<IAugmentation> Augmentations, Cutout? Cutout) Parse(IReadOnlyList<string> names, SampleShape shape)
    {
        var augmentations = new List<IAugmentation>();
        Cutout? cutout = null;
        foreach (var entry in names)
        {
            var parts = entry.Split(':');
            var argument = parts.Length == 2 ? parts[1] : null;
            var shortest = Math.Min(shape.Height, shape.Width);
            switch (parts.Length <= 2 ? parts[0] : string.Empty)
            {
                case "crop":
                    augmentations.Add(new PadCrop((int)Number(entry, argument, 4, 1, shortest - 1, whole: true)));
                    break;
                case "resized_crop":
                    augmentations.Add(new RandomResizedCrop(Number(entry, argument, 0.08, 0.001, 1, whole: false)));
                    break;
                case "flip" when argument is null:
                    augmentations.Add(new HorizontalFlip());
                    break;
                case "cutout":
                    cutout = new Cutout((int)Number(entry, argument, 8, 1, shortest, whole: true));
                    break;
                default:
                    throw DataError.Option("data.augment", $"'{entry}'", Allowed);
            }
        }

        return (augmentations, cutout);
    }

    private static double Number(string entry, string? text, double otherwise, double low, double high, bool whole)
    {
        var value = otherwise;
        var parsed = text is null || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        return parsed && value >= low && value <= high && (!whole || value == Math.Floor(value))
            ? value
            : throw DataError.Option(
                "data.augment",
                $"'{entry}'",
                FormattableString.Invariant($"{(whole ? "a whole number" : "a number")} from {low} to {high} after the colon")
            );
    }
}
