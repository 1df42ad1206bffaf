using NeuroTrails.Client.Cli;
using NeuroTrails.Running;
using Spectre.Console;

namespace NeuroTrails.Client.Display;

/// <summary>Accuracy under each corruption and severity, and the means.</summary>
internal static class CorruptionText
{
    public static void Print(ClientHost host, EvaluationResult result)
    {
        if (result.Corruptions is not { } report)
        {
            return;
        }

        var severities = report.Figures.Select(item => item.Severity).Distinct().Order().ToList();
        host.Output.WriteLine($"accuracy on the corrupted {result.Split} split by severity; NLL and ECE are means over severities:");
        var table = new Table { Border = host.Live ? TableBorder.Rounded : TableBorder.Ascii2 };
        table.AddColumn(string.Empty);
        foreach (var column in severities.Select(severity => Readable.Count(severity)).Concat(["mean", "NLL", "ECE"]))
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var kind in report.Figures.GroupBy(item => item.Corruption))
        {
            table.AddRow([
                Markup.Escape(kind.Key),
                .. severities.Select(severity => Readable.Share(kind.FirstOrDefault(item => item.Severity == severity)?.Accuracy)),
                Readable.Share(kind.Average(item => item.Accuracy)),
                Readable.Share(kind.Average(item => item.Nll)),
                Readable.Share(kind.Average(item => item.Ece)),
            ]);
        }

        host.Console().Write(table);
        host.Output.WriteLine(
            $"mean under corruption: accuracy {Readable.Fine(report.Accuracy)}, NLL {Readable.Fine(report.Nll)}, "
                + $"ECE {Readable.Fine(report.Ece)}; mCE (mean error, not normalised) {Readable.Fine(report.Mce)}; seed {report.Seed}"
        );
    }
}
