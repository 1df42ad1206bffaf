using NeuroTrails.Client.Cli;
using NeuroTrails.Running;
using Spectre.Console;

namespace NeuroTrails.Client.Display;

/// <summary>Which class was taken for which: a table where it fits, else the most frequent mistakes.</summary>
internal static class ConfusionText
{
    private const int MostClasses = 20;
    private const int MostMistakes = 10;

    public static void Print(ClientHost host, EvaluationResult result)
    {
        if (result.Confusion is not { Count: > 0 } counts)
        {
            return;
        }

        var width = counts.SelectMany(row => row).Max(count => Readable.Count(count).Length);
        var labels = Enumerable.Range(0, counts.Count).Select(label => Label(result, label)).ToList();
        var console = host.Console();
        if (
            counts.Count <= MostClasses
            && 4 + labels.Max(label => label.Length) + labels.Sum(label => 3 + Math.Max(width, label.Length)) < console.Profile.Width
        )
        {
            host.Output.WriteLine("true class (rows) by predicted class (columns):");
            var table = new Table { Border = host.Live ? TableBorder.Rounded : TableBorder.Ascii2 };
            table.AddColumn(string.Empty);
            foreach (var label in labels)
            {
                table.AddColumn(new TableColumn(Markup.Escape(label)).RightAligned());
            }

            foreach (var (label, row) in labels.Zip(counts))
            {
                table.AddRow([Markup.Escape(label), .. row.Select(count => Readable.Count(count))]);
            }

            console.Write(table);
            return;
        }

        var mistakes = counts
            .SelectMany((row, truth) => row.Select((count, taken) => (count, truth, taken)))
            .Where(item => item.count > 0 && item.truth != item.taken)
            .OrderByDescending(item => item.count)
            .ThenBy(item => item.truth)
            .ThenBy(item => item.taken)
            .ToList();
        host.Output.WriteLine(
            mistakes.Count == 0
                ? "no class was taken for another"
                : $"most frequent of {Readable.Count(mistakes.Count, "kind")} of mistakes (--json has all):"
        );
        foreach (var (count, truth, taken) in mistakes.Take(MostMistakes))
        {
            host.Output.WriteLine($"  {Readable.Count(count, "time")} {labels[truth]} taken for {labels[taken]}");
        }
    }

    private static string Label(EvaluationResult result, int label) =>
        result.ClassNames is { } names && label < names.Count
            ? names[label]
            : label.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
