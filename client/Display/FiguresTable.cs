using System.Globalization;
using NeuroTrails.Client.Cli;
using NeuroTrails.Metrics;
using NeuroTrails.Running;
using Spectre.Console;

namespace NeuroTrails.Client.Display;

/// <summary>The ensemble against its members.</summary>
internal static class FiguresTable
{
    private const int Width = 80;
    private static readonly string[] Spread = ["lowest", "median", "highest"];

    /// <summary>Prints a table of what is measured of members too, and below it the ensemble's other figures and how much the members
    /// differ.</summary>
    public static void Print(ClientHost host, EnsembleFigures figures)
    {
        var known = MetricCatalogue.BuiltIn.Metrics.Where(metric => metric.OfHeads).Select(metric => metric.Name).ToList();
        var columns = known.Union(figures.Values.Select(figure => figure.Key).Where(name => figures.OfHeads(name) is not null)).ToList();
        var table = new Table { Border = host.Live ? TableBorder.Rounded : TableBorder.Ascii2 };
        table.AddColumn(string.Empty);
        foreach (var name in columns)
        {
            table.AddColumn(new TableColumn(Title(name)).RightAligned());
        }

        Row(host.Colour ? "[bold]ensemble[/]" : "ensemble", name => figures[name]);
        var members = Readable.Plural(figures.Member);
        var many = Readable.IsMany(figures.HeadAccuracy.Count);
        var heads = columns.ToDictionary(
            name => name,
            name => figures.OfHeads(name) is { } values && many ? Readable.Spread(values) : figures.OfHeads(name)
        );
        for (var row = 0; row < heads["accuracy"]!.Count; row++)
        {
            var (label, at) = (
                many ? $"{members}, {Spread[row]}" : string.Create(CultureInfo.InvariantCulture, $"{figures.Member} {row}"),
                row
            );
            Row(label, name => heads[name]?[at]);
        }

        if (figures.HeadAccuracy.Count > 1)
        {
            Row($"mean of {members}", name => figures.OfHeads(name)?.Average());
        }

        host.Console().Write(table);
        var others = figures.Values.Where(figure => !columns.Contains(figure.Key)).ToLookup(figure => IsDiversity(figure.Key));
        Line("ensemble: ", others[false]);
        Line(string.Empty, others[true]);

        void Row(string label, Func<string, double?> value) => table.AddRow([label, .. columns.Select(name => Readable.Fine(value(name)))]);

        void Line(string start, IEnumerable<KeyValuePair<string, double>> values)
        {
            var parts = values.Select(figure => $"{Title(figure.Key)} {Readable.Fine(figure.Value)}{Unit(figure.Key)}").ToList();
            foreach (var line in parts.Count == 0 ? [] : Flow.Fold(start + string.Join(", ", parts), Width))
            {
                host.Output.WriteLine(line);
            }
        }
    }

    // A metric that a host registered is known by its key here.
    private static string Title(string name) => MetricCatalogue.BuiltIn.Find(name)?.Title ?? name.Replace('_', ' ');

    private static string Unit(string name) => MetricCatalogue.BuiltIn.Find(name)?.Unit is { } unit ? $" {unit}" : string.Empty;

    private static bool IsDiversity(string name) => MetricCatalogue.BuiltIn.Find(name)?.IsDiversity ?? false;
}
