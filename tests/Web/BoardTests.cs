using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using NeuroTrails.Silo.Web;
using NeuroTrails.Telemetry;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Tests.Cluster;
using NeuroTrails.Tests.House;

namespace NeuroTrails.Tests.Web;

/// <summary>The Grafana board asks for figures that a silo has.</summary>
[Collection(nameof(Alone))]
public sealed partial class BoardTests
{
    [Fact]
    public async Task Each_figure_of_the_board_is_one_that_a_silo_tells_and_each_that_it_tells_is_on_the_board()
    {
        using var folder = new TemporaryFolder();
        await using var cluster = new TestCluster(folder.File("runs")) { Web = _ => new(new(IPAddress.Loopback, 0), null) };
        await cluster.StartAsync("a");
        var telemetry = cluster.Service<RunTelemetry>("a");
        telemetry.StepDone(TimeSpan.FromSeconds(1), 32);
        telemetry.HeadLoss(0, 1);
        telemetry.Accuracy("validation", 0.5);
        telemetry.Density("ensemble", 0.2);
        telemetry.TopologyChanged("ensemble", 1, 1);
        telemetry.TopologyUpdated();
        telemetry.CheckpointDone(TimeSpan.FromSeconds(1));
        telemetry.Recovered();
        using var client = new HttpClient();
        var told = await client.GetStringAsync(
            new Uri($"http://{cluster.Service<WebServer>("a").Address}/metrics"),
            TestContext.Current.CancellationToken
        );
        var names = Family()
            .Matches(told)
            .Select(match => match.Groups[1].Value)
            .Where(name => name.StartsWith("neurotrails", StringComparison.Ordinal))
            .ToHashSet();
        using var board = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(Repository.Root(), "docs/grafana.json"), TestContext.Current.CancellationToken)
        );
        var panels = board.RootElement.GetProperty("panels").EnumerateArray().ToList();
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        var asked = panels
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!)
            .SelectMany(expression => Metric().Matches(expression).Select(match => Suffix().Replace(match.Value, string.Empty)))
            .ToHashSet();
        Assert.Equal(names.Order(StringComparer.Ordinal), asked.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("^# TYPE (\\S+)", RegexOptions.Multiline)]
    private static partial Regex Family();

    [GeneratedRegex("neurotrails_[a-z_]+")]
    private static partial Regex Metric();

    // A histogram's parts.
    [GeneratedRegex("_(bucket|count|sum)$")]
    private static partial Regex Suffix();
}
