using System.Globalization;
using System.Net;
using System.Text;
using NeuroTrails.Client.Report.Figures;
using NeuroTrails.Configuration;
using NeuroTrails.Silo;

namespace NeuroTrails.Client.Report;

/// <summary><c>report.html</c>: one file that asks for nothing else.</summary>
internal sealed class HtmlPage
{
    // A browser refuses whatever is not in the file.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";
    private const int WideFrom = 700;
    private readonly StringBuilder _text = new();

    private HtmlPage() { }

    public static string Of(ReportData data, IReadOnlyDictionary<string, string> drawings)
    {
        var page = new HtmlPage();
        page.Head(data);
        foreach (var table in data.Tables)
        {
            page.Section(table);
        }

        page._text.Append("<h2 id=\"figures\">Figures</h2>\n<div class=\"figures\">\n");
        foreach (var figure in data.Figures)
        {
            page.Figure(figure, drawings[figure.Id]);
        }

        page._text.Append("</div>\n");
        page.Origins(data);
        page._text.Append("</main>\n</body>\n</html>\n");
        return page._text.ToString();
    }

    private void Head(ReportData data)
    {
        _text.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        _text.Append(CultureInfo.InvariantCulture, $"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">\n");
        _text.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        _text.Append(CultureInfo.InvariantCulture, $"<title>{Encode(data.Title)}</title>\n<style>\n");
        _text.Append("@font-face { font-family: Inter; font-weight: 100 900; src: url(data:font/woff2;base64,");
        _text.Append(Convert.ToBase64String(Resource(typeof(RunEngine), "web/vendor/inter-latin.woff2")));
        _text.Append(") format(\"woff2\"); }\n");
        _text.Append(Encoding.UTF8.GetString(Resource(typeof(HtmlPage), "report/report.css")));
        _text.Append("</style>\n</head>\n<body>\n<header>\n");
        _text.Append(CultureInfo.InvariantCulture, $"<h1>{Encode(data.Title)}</h1>\n");
        var runs = data.Groups.Sum(group => group.Runs.Count);
        var made = data.Made.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        _text.Append(
            CultureInfo.InvariantCulture,
            $"<p class=\"quiet\">{Display.Readable.Count(runs, "run")}, made {made} by <code>{Encode(data.Command)}</code></p>\n<nav>"
        );
        foreach (var table in data.Tables)
        {
            _text.Append(CultureInfo.InvariantCulture, $"<a href=\"#{table.Id}\">{Encode(table.Title)}</a> ");
        }

        _text.Append("<a href=\"#figures\">Figures</a> <a href=\"#origins\">Settings and data</a></nav>\n</header>\n<main>\n");
        if (data.Notes.Count > 0)
        {
            _text.Append("<div class=\"notes\" role=\"note\"><ul>");
            foreach (var note in data.Notes)
            {
                _text.Append(CultureInfo.InvariantCulture, $"<li>{Encode(note)}</li>");
            }

            _text.Append("</ul></div>\n");
        }
    }

    private void Section(NamedTable table)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<h2 id=\"{table.Id}\">{Encode(table.Title)}</h2>\n");
        _text.Append(CultureInfo.InvariantCulture, $"<section class=\"table\">\n<p class=\"quiet\">{Encode(table.Caption)}</p>\n");
        Table(table.Table);
        _text.Append("</section>\n");
    }

    private void Figure(ReportFigure figure, string svg)
    {
        var wide = figure.Width > WideFrom ? " class=\"wide\"" : string.Empty;
        _text.Append(
            CultureInfo.InvariantCulture,
            $"<figure id=\"{figure.Id}\"{wide}>\n<h3>{Encode(figure.Title)}</h3>\n<div class=\"scroll\">"
        );
        _text.Append(SvgText.Inline(svg, figure.Id));
        _text.Append(CultureInfo.InvariantCulture, $"</div>\n<figcaption>{Encode(figure.Caption)}</figcaption>\n");
        _text.Append("<details><summary>Its numbers</summary>\n");
        Table(figure.Table);
        _text.Append("</details>\n</figure>\n");
    }

    private void Table(ReportTable table, bool words = false)
    {
        _text
            .Append("<div class=\"scroll\" tabindex=\"0\"><table")
            .Append(words ? " class=\"words\"" : string.Empty)
            .Append("><thead><tr>");
        foreach (var column in table.Columns)
        {
            _text.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Encode(column)}</th>");
        }

        _text.Append("</tr></thead>\n<tbody>");
        foreach (var row in table.Rows)
        {
            _text.Append("<tr>");
            foreach (var cell in row)
            {
                var text = Encode(cell.Text);
                _text.Append("<td>").Append(cell.Bold ? $"<b>{text}</b>" : text).Append("</td>");
            }

            _text.Append("</tr>\n");
        }

        _text.Append("</tbody></table></div>\n");
    }

    private void Origins(ReportData data)
    {
        var runs = data.Groups.SelectMany(group => group.Runs).ToList();
        var settings = data
            .Groups.Select(group => (group.Name, Of: RunOptionsWriter.Flatten(group.Runs[0].Options).ToDictionary()))
            .ToList();
        var paths = settings[0].Of.Keys.Where(path => path != "seed").ToList();
        var (same, other) = (
            paths.Where(path => settings.All(group => group.Of[path] == settings[0].Of[path])).ToList(),
            paths.Where(path => settings.Exists(group => group.Of[path] != settings[0].Of[path])).ToList()
        );
        _text.Append("<h2 id=\"origins\">Settings and data</h2>\n<section class=\"table\">\n");
        if (other.Count > 0)
        {
            _text.Append("<h3>Settings that differ</h3>\n");
            Table(
                new(
                    ["setting", .. settings.Select(group => group.Name)],
                    [.. other.Select(path => (IReadOnlyList<Cell>)[path, .. settings.Select(group => (Cell)group.Of[path])])]
                )
            );
        }

        _text.Append("<details><summary>Settings of all runs</summary>\n");
        Table(new(["setting", "value"], [.. same.Select(path => (IReadOnlyList<Cell>)[path, settings[0].Of[path]])]), words: true);
        _text.Append("</details>\n<h3>Data</h3>\n");
        Table(
            new(
                ["data set", "split", "samples", "SHA-256 of labels", "SHA-256 of contents"],
                [
                    .. runs.Where(run => run.Data is not null)
                        .SelectMany(run =>
                            new[] { ("train", run.Data!.Train), ("validation", run.Data.Validation), ("test", run.Data.Test) }
                                .Where(split => split.Item2 is not null)
                                .Select(split => (run.Data.Name, split.Item1, Record: split.Item2!))
                        )
                        .DistinctBy(split => (split.Name, split.Item2, split.Record.Labels, split.Record.Contents))
                        .Select(split =>
                            (IReadOnlyList<Cell>)
                                [
                                    split.Name,
                                    split.Item2,
                                    Display.Readable.Count(split.Record.Samples),
                                    split.Record.Labels,
                                    split.Record.Contents,
                                ]
                        ),
                ]
            ),
            words: true
        );
        _text.Append("<h3>Versions</h3>\n");
        foreach (var runtime in runs.Select(run => run.Summary?.Runtime).OfType<string>().Distinct())
        {
            _text.Append(CultureInfo.InvariantCulture, $"<p>{Encode(runtime)}</p>\n");
        }

        if (data.ComparisonCommand is { } command)
        {
            _text.Append(CultureInfo.InvariantCulture, $"<h3>Command</h3>\n<p><code>{Encode(command)}</code></p>\n");
        }

        _text.Append("</section>\n");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static byte[] Resource(Type of, string name)
    {
        using var stream = of.Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
