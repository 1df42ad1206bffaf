namespace NeuroTrails.Data;

/// <summary>Checks of options that need no data.</summary>
internal static class DataOptionsCheck
{
    private const int MostPrefetch = 64;

    public static IReadOnlyList<string> Faults(DataOptions options)
    {
        var faults = new List<string>();
        Require(
            options.Validation >= 0 && double.IsFinite(options.Validation),
            "data.validation",
            options.Validation,
            "0 to below 1 (a share) or a whole number (a count)"
        );
        Require(options.Limit >= 0, "data.limit", options.Limit, "0 (all) or at least 1");
        Require(options.ImageSize is 0 or (>= 8 and <= 1024), "data.image_size", options.ImageSize, "0 (the usual) or 8 to 1024");
        Require(
            options.Channels is null or 1 or 3,
            "data.channels",
            options.Channels ?? 0,
            "1 (grey), 3 (coloured) or null (as the images are)"
        );
        Require(options.SkipBad >= 0, "data.skip_bad", options.SkipBad, "0 or more");
        Require(options.Prefetch is >= 0 and <= MostPrefetch, "data.prefetch", options.Prefetch, $"0 to {MostPrefetch}");
        Require(options.Normalise is "auto" or "none", "data.normalise", $"'{options.Normalise}'", "auto, none");
        Require(
            options.Scale is null || (options.Scale > 0 && double.IsFinite(options.Scale.Value)),
            "data.scale",
            options.Scale ?? 0,
            "a number above 0, or null"
        );
        Require(options.Mean is null == options.Deviation is null, "data.mean, data.deviation", "one without the other", "both or neither");
        Require(options.Header is "auto" or "yes" or "no", "data.header", $"'{options.Header}'", "auto, yes, no");
        Require(
            options.Delimiter is "auto" or "comma" or "semicolon" or "tab",
            "data.delimiter",
            $"'{options.Delimiter}'",
            "auto, comma, semicolon, tab"
        );
        Require(options.Missing is "refuse" or "mean", "data.missing", $"'{options.Missing}'", "refuse, mean");
        Require(options.Window is >= 2 and <= 65_536, "data.window", options.Window, "2 to 65536");
        Require(options.Packing is "concat" or "document", "data.packing", $"'{options.Packing}'", "concat, document");
        return faults;

        void Require(bool condition, string option, object seen, string allowed)
        {
            if (!condition)
            {
                faults.Add(DataError.Option(option, FormattableString.Invariant($"{seen}"), allowed).Message);
            }
        }
    }

    public static void Run(DataOptions options)
    {
        var faults = Faults(options);
        if (faults.Count > 0)
        {
            throw new UserErrorException(string.Join(Environment.NewLine, faults));
        }
    }
}
