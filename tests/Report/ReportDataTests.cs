using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;
using NeuroTrails.Client.Report;
using NeuroTrails.Client.Report.Figures;

namespace NeuroTrails.Tests.Report;

/// <summary>What a report says of methods, and how its files say it.</summary>
public sealed partial class ReportDataTests
{
    private const string Injection = "a</code><script>alert(1)</script>&\"'";

    private static readonly double[] Good = [0.90, 0.91, 0.92, 0.905];
    private static readonly double[] Poor = [0.80, 0.812, 0.817, 0.806];

    [Fact]
    public void TheBestIsBoldOnlyWhereItIsSignificant()
    {
        Assert.Equal(["treenet"], Bold(SampleReport.Of([.. Runs("single", Poor), .. Runs("treenet", Good)])));
        Assert.Empty(Bold(SampleReport.Of([.. Runs("single", [0.90, 0.85]), .. Runs("treenet", [0.91, 0.86, 0.9])])));
        Assert.Empty(Bold(SampleReport.Of([.. Runs("single", Poor[..1]), .. Runs("treenet", Good[..1])])));

        // Better than one of two is not the best.
        Assert.Empty(
            Bold(SampleReport.Of([.. Runs("single", Poor), .. Runs("treenet", Good), .. Runs("static", [0.91, 0.9, 0.91, 0.92])]))
        );
    }

    [Fact]
    public void DifferencesArePairedBySeed()
    {
        var runs = Runs("single", Poor).Concat(Runs("treenet", Good)).ToList();
        var ordered = SampleReport.Of(runs);
        runs.Reverse();
        var reversed = SampleReport.Of(runs, reference: "single");
        var pair = Assert.Single(ordered.Differences, pair => pair.Metric.Key == "accuracy");
        Assert.Equal(("treenet", "single", 4), (pair.First, pair.Second, pair.Test.Pairs));
        Assert.Equal(Good.Average() - Poor.Average(), pair.Test.Difference, 12);
        Assert.Equal(pair.Test, Assert.Single(reversed.Differences, other => other.Metric.Key == "accuracy").Test);
        var error = Assert.Throws<UserErrorException>(() => SampleReport.Of(runs, reference: "other"));
        Assert.Contains("Allowed: treenet, single.", error.Message);
    }

    [Fact]
    public void WithinASeedTheSameSamplesAreDrawnForBoth()
    {
        var data = SampleReport.Of([.. Runs("single", Poor), .. Runs("treenet", [0.80, 0.912])]);
        var pairs = data.SampleDifferences.Where(pair => pair.Key == "accuracy").ToList();
        Assert.Equal(
            [("treenet", "single", 1L, 200), ("treenet", "single", 2L, 200)],
            pairs.Select(pair => (pair.First, pair.Second, pair.Seed, pair.Samples))
        );

        // Equal predictions have no difference, whatever is drawn.
        Assert.Equal((0.0, 0.0, 0.0), (pairs[0].Difference, pairs[0].Interval.Low, pairs[0].Interval.High));
        Assert.InRange(0.912 - 0.812, pairs[1].Interval.Low, pairs[1].Interval.High);
        Assert.True(pairs[1].Interval.Low > 0);
        var within = Assert.Single(data.Tables, table => table.Id == "within").Table;
        Assert.Equal([false, true], within.Rows.Take(2).Select(row => row[5].Bold));

        // Other samples cannot be paired.
        var other = SampleReport.Run("treenet", 1, 0.9);
        other = other with { Evidence = other.Evidence! with { Split = "validation" } };
        Assert.Empty(SampleReport.Of([.. Runs("single", Poor), other]).SampleDifferences);
        Assert.DoesNotContain(SampleReport.Of([.. Runs("single", Poor), other]).Tables, table => table.Id == "within");
    }

    [Fact]
    public void CostsThatNoRunHasAreNoColumn()
    {
        var runs = Runs("single", Poor).Concat(Runs("treenet", Good)).ToList();
        Assert.Equal(["method", "active parameters", "inference FLOPs"], Costs());
        runs[0] = runs[0] with { Cost = runs[0].Cost with { CpuJoules = 12.5 } };
        Assert.Equal(["method", "active parameters", "inference FLOPs", "CPU energy [J]"], Costs());
        Assert.Contains("single-1,single,1,cpu_joules,12.5", ReportFolder.Csv(SampleReport.Of(runs)), StringComparison.Ordinal);

        IReadOnlyList<string> Costs() => SampleReport.Of(runs).Tables.Single(table => table.Id == "costs").Table.Columns;
    }

    // Eighteen methods can be told apart.
    [Fact]
    public void SeriesDifferInColourMarkerOrLine()
    {
        Assert.Equal(24, Enumerable.Range(0, 24).Select(index => (Chart.Colour(index), Chart.Marker(index))).Distinct().Count());
        Assert.Equal(24, Enumerable.Range(0, 24).Select(index => (Chart.Colour(index), Chart.Pattern(index))).Distinct().Count());
    }

    [Fact]
    public void RunsThatDifferInASettingAreMethodsOfTheirOwn()
    {
        var (a, b) = (SampleReport.Run("neurotrails", 1, 0.9), SampleReport.Run("neurotrails", 1, 0.8, "other"));
        b = b with { Options = b.Options with { Topology = b.Options.Topology with { Density = 0.1 } } };
        var twice = SampleReport.Run("neurotrails", 1, 0.9, "again");
        twice = twice with { Options = twice.Options with { Device = "cuda:1" } };
        var data = SampleReport.Of([a, b, twice]);
        Assert.Equal(["neurotrails (density 0.2)", "neurotrails (density 0.1)"], data.Groups.Select(group => group.Name));
        Assert.Contains(data.Notes, note => note.StartsWith("again is left out", StringComparison.Ordinal));
    }

    [Fact]
    public void TheCsvIsReadBack()
    {
        var runs = Runs("single", Poor).Append(SampleReport.Run("treenet", 1, 1.0 / 3, "a,\"b\"\nc")).ToList();
        using var csv = new CsvReader(new StringReader(ReportFolder.Csv(SampleReport.Of(runs))), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var read = new List<(string Run, long Seed, double Value)>();
        while (csv.Read())
        {
            if (csv["figure"] == "accuracy")
            {
                read.Add((csv["run"]!, csv.GetField<long>("seed"), csv.GetField<double>("value")));
            }
        }

        Assert.Equal(runs.Select(run => (run.Name, run.Options.Seed, run.Figure("accuracy")!.Value)), read);
    }

    [Fact]
    public void NamesAreEscaped()
    {
        var data = SampleReport.Of([SampleReport.Run("single", 1, 0.9, Injection)]) with
        {
            Title = Injection,
            Command = Injection,
            Notes = [Injection],
        };
        var page = Page(data);
        Assert.DoesNotContain("<script", page);
        Assert.Contains("&lt;script&gt;", page);
        Assert.Contains("\\&", LatexTable.Of(data with { Paper = [new("x", "x", Injection, data.Tables[0].Table)] }));
    }

    [Fact]
    public void ThePageAsksForNothing()
    {
        var page = Page(SampleReport.Of([.. Runs("single", Poor), .. Runs("treenet", Good)]));
        Assert.DoesNotContain("http:", page);
        Assert.DoesNotContain("https:", page);
        Assert.DoesNotContain("//cdn", page);
        Assert.All(Sources().Matches(page), source => Assert.StartsWith("data:", source.Groups[1].Value));
        Assert.Empty(Ids().Matches(page).GroupBy(id => id.Groups[1].Value).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void EveryFigureHasItsNumbers()
    {
        var data = SampleReport.Of([.. Runs("single", Poor), .. Runs("treenet", Good)]);
        var page = Page(data);
        Assert.NotEmpty(data.Figures);
        Assert.Equal(data.Figures.Count, Tables().Count(page));
        Assert.All(
            data.Figures,
            figure =>
            {
                Assert.NotEmpty(figure.Table.Rows);
                Assert.All(figure.Table.Rows, row => Assert.Equal(figure.Table.Columns.Count, row.Count));
            }
        );
    }

    [Fact]
    public void LatexIsBalanced()
    {
        var latex = LatexTable.Of(SampleReport.Of([.. Runs("single", Poor), .. Runs("treenet", Good)]));
        var plain = latex.Replace("\\{", "", StringComparison.Ordinal).Replace("\\}", "", StringComparison.Ordinal);
        Assert.Equal(plain.Count(letter => letter == '{'), plain.Count(letter => letter == '}'));
        Assert.Equal(0, plain.Replace("\\$", "", StringComparison.Ordinal).Count(letter => letter == '$') % 2);
        Assert.Equal(
            Begins().Matches(latex).Select(name => name.Groups[1].Value).Order(),
            Ends().Matches(latex).Select(name => name.Groups[1].Value).Order()
        );
        foreach (var table in latex.Split("\\begin{tabular}{")[1..])
        {
            var columns = table.IndexOf('}', StringComparison.Ordinal);
            Assert.All(
                table.Split('\n').Where(line => line.EndsWith("\\\\", StringComparison.Ordinal)),
                line => Assert.Equal(columns, line.Replace("\\&", "", StringComparison.Ordinal).Split('&').Length)
            );
        }

        Assert.Contains("\\textbf{", latex);
    }

    // Text of any script, and none: nothing may end the program.
    [Theory]
    [InlineData("عربي")]
    [InlineData("中文")]
    [InlineData("\u0001\ud83d\ude00")]
    [InlineData("a_b^c")]
    public void AnyNameCanBeDrawn(string name)
    {
        var group = new ReportGroup(name, [.. Runs("single", Poor)]);
        foreach (var figure in ResultFigures.Of([group]))
        {
            Assert.Contains("<svg", figure.Svg());
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], figure.Png()[..4]);
        }
    }

    // The font comes with the program: words are there on a machine without fonts, and stay words in SVG.
    [Fact]
    public void WordsAreDrawnByTheOwnFont()
    {
        var svg = ResultFigures.Of([new("single", [.. Runs("single", Poor)])]).First().Svg();
        Assert.Equal("Inter", Chart.Typeface.FamilyName);
        Assert.Matches(">accuracy</text>", svg);
        Assert.Contains("font-family=\"Inter, Arial", svg);
    }

    private static IEnumerable<ReportRun> Runs(string method, double[] accuracies) =>
        accuracies.Select((accuracy, index) => SampleReport.Run(method, index + 1, accuracy));

    private static string Page(ReportData data) =>
        HtmlPage.Of(data, data.Figures.ToDictionary(figure => figure.Id, figure => figure.Svg()));

    private static IEnumerable<string> Bold(ReportData data)
    {
        var results = data.Paper[0].Table;
        var column = results.Columns.Index().First(name => name.Item.StartsWith("accuracy", StringComparison.Ordinal)).Index;
        return results.Rows.Where(row => row[column].Bold).Select(row => row[0].Text);
    }

    [GeneratedRegex("(?:src|href|url)\\s*[=(]\\s*[\"']?(?!#)([^\"')\\s]+)")]
    private static partial Regex Sources();

    [GeneratedRegex("\\bid=\"([^\"]+)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("<details><summary>Its numbers</summary>\\s*<div class=\"scroll\" tabindex=\"0\"><table")]
    private static partial Regex Tables();

    [GeneratedRegex("\\\\begin\\{(\\w+)\\}")]
    private static partial Regex Begins();

    [GeneratedRegex("\\\\end\\{(\\w+)\\}")]
    private static partial Regex Ends();
}
