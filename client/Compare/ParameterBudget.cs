using System.Globalization;
using NeuroTrails.Client.Display;

namespace NeuroTrails.Client.Compare;

/// <summary>Gives a network the width (<c>model.width</c>) at which it has as many active parameters as another.</summary>
internal static class ParameterBudget
{
    // The share by which parameters may differ without a remark.
    public const double Tolerance = 0.02;

    private const int Guesses = 8;
    private const double Stride = 1.05;

    // Widths in thousandths.
    private const double Thousandths = 1000;
    private const int Least = 10;
    private const int Most = 100_000;

    // Searches the width.
    public static (Candidate Best, IReadOnlyList<string> Tried) Fit(Func<string, Candidate> plan, Candidate begin, long target)
    {
        var (best, last, lines) = (begin, begin, new List<string> { Text(begin) });

        // Below, there are too few parameters; from above on, there are enough, or no wider network.
        var (below, above, at) = (Least - 1, Most + 1, Thousandths * begin.Plan.Options.Model.Width);
        for (var round = 1; last.Parameters != target && below + 1 < above; round++)
        {
            // Parameters grow about as the width's square. Where that leads nowhere, growing steps find the other end, halves the rest.
            var guess =
                round <= Guesses ? at * Math.Sqrt((double)target / last.Parameters)
                : above > Most ? at * Stride
                : below < Least ? at / Stride
                : below + ((above - (double)below) / 2);
            var next = (int)Math.Clamp(Math.Round(guess), below + 1, above - 1);
            last = plan(Assignment(next));
            if (last.Parameters != best.Parameters)
            {
                lines.Add(Text(last));
            }

            best = Math.Abs(last.Parameters - target) < Math.Abs(best.Parameters - target) ? last : best;
            (below, above) = last.Parameters < target ? (next, above) : (below, next);
            at = next;
        }

        return (best, lines);
    }

    private static string Assignment(int thousandths) =>
        string.Create(CultureInfo.InvariantCulture, $"model.width={thousandths / Thousandths:0.###}");

    private static string Text(Candidate candidate) =>
        string.Create(CultureInfo.InvariantCulture, $"width {candidate.Plan.Options.Model.Width:0.###} ")
        + Readable.Count(candidate.Parameters);
}
