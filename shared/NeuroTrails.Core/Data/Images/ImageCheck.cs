using System.Globalization;

namespace NeuroTrails.Data;

/// <summary>What a look at every file of an image folder found.</summary>
internal sealed record ImageCheck(int Files, bool Coloured, IReadOnlyList<KeyValuePair<string, string>> Faults)
{
    // Bytes of a set up to which all images are decoded. Of larger sets only headers are read.
    public const long MostDecoded = 512L << 20;

    // More would hide the message's end.
    private const int MostNamed = 20;

    public static ImageCheck Of(IReadOnlyList<string> paths, ImageDecoders decoders, long mostDecoded = MostDecoded)
    {
        var whole = Fits(paths, mostDecoded);
        var coloured = new bool[paths.Count];
        var faults = new string?[paths.Count];

        // One thread a core: silos need pool threads for their heartbeat.
        Parallel.For(
            0,
            paths.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            i =>
            {
                try
                {
                    coloured[i] = (whole ? decoders.Decode(paths[i]).Shape.Channels : decoders.Channels(paths[i])) > 1;
                }
                catch (UserErrorException error)
                {
                    faults[i] = DataError.WithoutRemedy(error);
                }
            }
        );
        return new ImageCheck(
            paths.Count,
            coloured.Any(one => one),
            [.. faults.Index().Where(fault => fault.Item is not null).Select(fault => KeyValuePair.Create(paths[fault.Index], fault.Item!))]
        );
    }

    // Says what is left out, where so much may be.
    public string? Excuse(int allowed)
    {
        if (Faults.Count == 0)
        {
            return null;
        }

        var named = Named();
        return Faults.Count <= allowed
            ? $"{Count(Faults.Count)} of {Count(Files)} image files cannot be used and are left out (data.skip_bad allows "
                + $"{Count(allowed)}):{named}"
            : throw new UserErrorException(
                $"{Count(Faults.Count)} of {Count(Files)} image files cannot be used; data.skip_bad allows {Count(allowed)}. "
                    + $"Mend or remove them, or go on without them by --set data.skip_bad={Count(Faults.Count)}:{named}"
            );
    }

    // The bad files and what is wrong with them, a line each; only how many more where they are too many for a message.
    public string Named() =>
        string.Concat(Faults.Take(MostNamed).Select(fault => $"{Environment.NewLine}  {fault.Value}"))
        + (Faults.Count > MostNamed ? $"{Environment.NewLine}  and {Count(Faults.Count - MostNamed)} more" : string.Empty);

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool Fits(IReadOnlyList<string> paths, long most)
    {
        foreach (var path in paths)
        {
            // What is not there or cannot be asked is found when it is read.
            most -= File.Exists(path) ? new FileInfo(path).Length : 0;
            if (most < 0)
            {
                return false;
            }
        }

        return true;
    }
}
