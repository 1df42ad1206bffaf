using System.Globalization;
using System.Text;
using CsvHelper;
using NeuroTrails.Checkpoints;
using NeuroTrails.Files;

namespace NeuroTrails.Client.Report;

/// <summary>The folder that a report is written to.</summary>
internal sealed class ReportFolder(string path)
{
    private const string Data = "report.json";
    private const string FiguresName = "figures";

    // Refuses, before the work, a folder that holds anything but an earlier report.
    public void Try()
    {
        var full = Path.GetFullPath(path);
        if (RunFolder.OwnerOf(full) is { } run)
        {
            throw new UserErrorException(
                $"--out: `{path}` belongs to the run in '{run.Path}', which alone writes it. Name another folder."
            );
        }

        if (File.Exists(full))
        {
            throw new UserErrorException($"--out: `{path}` is a file. Name a folder.");
        }

        if (Directory.Exists(full) && !File.Exists(Path.Combine(full, Data)) && Directory.EnumerateFileSystemEntries(full).Any())
        {
            throw new UserErrorException($"--out: `{path}` is not empty and holds no report ({Data}). Name another folder.");
        }
    }

    public int Write(ReportData data)
    {
        var figures = Path.Combine(path, FiguresName);
        try
        {
            Directory.CreateDirectory(figures);

            // Of an earlier report, which may have had other figures.
            foreach (var old in Directory.EnumerateFiles(figures).Where(file => Path.GetExtension(file) is ".svg" or ".png"))
            {
                File.Delete(old);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--out: `{path}` cannot be written: {fault.Message.TrimEnd('.')}. Name another folder.", fault);
        }

        var drawn = data.Figures.Select(figure => (figure.Id, Svg: figure.Svg(), Png: figure.Png())).ToList();
        foreach (var (id, svg, png) in drawn)
        {
            AtomicFile.WriteAllText(Path.Combine(figures, id + ".svg"), svg);
            AtomicFile.WriteAllBytes(Path.Combine(figures, id + ".png"), png);
        }

        AtomicFile.WriteAllText(Path.Combine(path, "report.csv"), Csv(data));
        AtomicFile.WriteAllText(Path.Combine(path, "table.tex"), LatexTable.Of(data));
        AtomicFile.WriteAllText(Path.Combine(path, "report.html"), HtmlPage.Of(data, drawn.ToDictionary(one => one.Id, one => one.Svg)));
        AtomicFile.WriteAllText(Path.Combine(path, Data), ReportJson.Of(data, FiguresName).ToJsonString(ReportJson.Readable) + "\n");
        return (2 * drawn.Count) + 4;
    }

    internal static string Csv(ReportData data)
    {
        using var text = new StringWriter(new StringBuilder(), CultureInfo.InvariantCulture);
        using (var csv = new CsvWriter(text, CultureInfo.InvariantCulture))
        {
            foreach (var column in new[] { "run", "method", "seed", "figure", "value" })
            {
                csv.WriteField(column);
            }

            csv.NextRecord();
            foreach (var group in data.Groups)
            {
                foreach (var run in group.Runs)
                {
                    var values = data
                        .Metrics.Select(metric => (metric.Key, Value: metric.Of(run)))
                        .Concat(CostKind.All.Select(cost => (cost.Key, Value: cost.Of(run.Cost))));
                    foreach (var (key, value) in values.Where(figure => figure.Value is not null))
                    {
                        csv.WriteField(run.Name);
                        csv.WriteField(group.Name);
                        csv.WriteField(run.Options.Seed);
                        csv.WriteField(key);
                        csv.WriteField(value!.Value.ToString("R", CultureInfo.InvariantCulture));
                        csv.NextRecord();
                    }
                }
            }
        }

        return text.ToString();
    }
}
