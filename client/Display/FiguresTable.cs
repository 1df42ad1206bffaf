using System.Globalization;
using NeuroTrails.Client.Cli;
using NeuroTrails.Running;
using Spectre.Console;

namespace NeuroTrails.Client.Display;

/// <summary>The ensemble against its heads.</summary>
internal static class FiguresTable
{
    private static readonly string[] Spread = ["lowest", "median", "highest"];

    /// <summary>Prints the table, and below it how much the heads differ.</summary>
    public static void Print(ClientHost host, EnsembleFigures figures)
    {
        var table = new Table { Border = host.Live ? TableBorder.Rounded : TableBorder.Ascii2 };
        table.AddColumn(string.Empty);
        foreach (var title in new[] { "accuracy", "NLL", "ECE" })
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        table.AddRow(
            host.Colour ? "[bold]ensemble[/]" : "ensemble",
            Humanly.Fine(figures.Accuracy),
            Humanly.Fine(figures.Nll),
            Humanly.Fine(figures.Ece)
        );
        var many = Humanly.IsMany(figures.HeadAccuracy.Count);
        var columns = new[] { figures.HeadAccuracy, figures.HeadNll, figures.HeadEce }
            .Select(values => many && values is not null ? Humanly.Spread(values) : values)
            .ToList();
        for (var row = 0; row < columns[0]!.Count; row++)
        {
            var label = many ? $"heads, {Spread[row]}" : string.Create(CultureInfo.InvariantCulture, $"head {row}");
            table.AddRow([label, .. columns.Select(values => Humanly.Fine(values?[row]))]);
        }

        if (figures.HeadAccuracy.Count > 1)
        {
            table.AddRow(
                "mean of heads",
                Humanly.Fine(figures.HeadAccuracy.Average()),
                Humanly.Fine(figures.HeadNll?.Average()),
                Humanly.Fine(figures.HeadEce?.Average())
            );
        }

        host.Console().Write(table);
        if (figures is { Brier: { } brier, AdaptiveEce: { } adaptive, Aurc: { } aurc, Entropy: { } entropy })
        {
            host.Output.WriteLine(
                $"ensemble: Brier {Humanly.Fine(brier)}, adaptive ECE {Humanly.Fine(adaptive)}, AURC {Humanly.Fine(aurc)}, entropy "
                    + $"{Humanly.Fine(entropy)} nats"
            );
        }

        if (figures.Disagreement is not null)
        {
            host.Output.WriteLine(
                $"disagreement of heads {Humanly.Fine(figures.Disagreement)}, KL diversity {Humanly.Fine(figures.KlDiversity)}, mutual "
                    + $"information {Humanly.Fine(figures.MutualInformation)}"
            );
        }
    }
}
