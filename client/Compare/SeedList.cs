using System.Globalization;
using NeuroTrails.Client.Display;

namespace NeuroTrails.Client.Compare;

/// <summary>Reads <c>--seeds</c>: <c>1..5</c>, <c>1,3,7</c>, or both.</summary>
internal static class SeedList
{
    public const int Most = 1000;

    public static IReadOnlyList<long> Parse(string text)
    {
        var seeds = new List<long>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split("..");
            var first = Seed(ends[0], text);
            var last = ends.Length == 1 ? first : Seed(ends[1], text);
            if (ends.Length > 2)
            {
                throw Refusal(text, $"`{part}` has more than two ends");
            }

            if (last < first)
            {
                throw Refusal(text, string.Create(CultureInfo.InvariantCulture, $"{part} counts down; {last}..{first} would count up"));
            }

            if (last - first >= Most || seeds.Count + last - first >= Most)
            {
                throw Refusal(text, $"these are more than {Readable.Count(Most)} seeds");
            }

            for (var seed = first; ; seed++)
            {
                if (seeds.Contains(seed))
                {
                    throw Refusal(text, string.Create(CultureInfo.InvariantCulture, $"{seed} is there twice"));
                }

                seeds.Add(seed);
                if (seed == last)
                {
                    break;
                }
            }
        }

        return seeds;
    }

    private static long Seed(string text, string all) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw Refusal(all, $"`{text}` is no whole number from 0 to {long.MaxValue.ToString(CultureInfo.InvariantCulture)}");

    private static UserErrorException Refusal(string text, string reason) =>
        new(
            $"--seeds {text}: {reason}. Allowed: whole numbers from 0 and ranges of them that count up, such as 1..5 or 1,3,7, each once, "
                + $"at most {Readable.Count(Most)}."
        );
}
