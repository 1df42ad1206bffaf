using System.Globalization;
using NeuroTrails.Client.Cli;
using Spectre.Console;

namespace NeuroTrails.Client.Display;

/// <summary>The ensemble against its heads.</summary>
internal static class FiguresTable
{
    /// <summary>Prints the table, and below it how much the heads differ.</summary>
    public static void Print(ClientHost host, Figures figures)
    {
        var table = new Table { Border = host.Live ? TableBorder.Rounded : TableBorder.Ascii2 };
        table.AddColumn(string.Empty);
        foreach (var title in new[] { "accuracy", "NLL", "ECE" })
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        table.AddRow(host.Live ? "[bold]ensemble[/]" : "ensemble", Humanly.Fine(figures.Accuracy), Humanly.Fine(figures.Nll), Humanly.Fine(figures.Ece));
        for (var head = 0; head < figures.HeadAccuracy.Count; head++)
        {
            table.AddRow(
                string.Create(CultureInfo.InvariantCulture, $"head {head}"),
                Humanly.Fine(figures.HeadAccuracy[head]),
                Humanly.Fine(figures.HeadNll?[head]),
                Humanly.Fine(figures.HeadEce?[head]));
        }

        if (figures.HeadAccuracy.Count > 1)
        {
            table.AddRow("mean of heads", Humanly.Fine(figures.HeadAccuracy.Average()), Humanly.Fine(figures.HeadNll?.Average()), Humanly.Fine(figures.HeadEce?.Average()));
        }

        host.Console().Write(table);
        if (figures.Disagreement is not null)
        {
            host.Output.WriteLine(
                $"disagreement of heads {Humanly.Fine(figures.Disagreement)}, KL diversity {Humanly.Fine(figures.KlDiversity)}, mutual information {Humanly.Fine(figures.MutualInformation)}");
        }
    }
}
