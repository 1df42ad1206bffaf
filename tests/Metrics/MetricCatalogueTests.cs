using System.Text.Json;
using NeuroTrails.Metrics;
using NeuroTrails.Running;
using NeuroTrails.Tests.Client;

namespace NeuroTrails.Tests.Metrics;

/// <summary>A metric is registered once; names that would stand twice in files are refused.</summary>
public sealed class MetricCatalogueTests
{
    [Fact]
    public void Keys_of_files_that_are_no_figures_are_taken()
    {
        var keys = new[] { typeof(RunSummary), typeof(EvaluationResult), typeof(FailedRun) }
            .SelectMany(type => RunJson.Default.GetTypeInfo(type)!.Properties)
            .Where(property => !property.IsExtensionData && property.Get is not null)
            .Select(property => property.Name)
            .Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(keys, MetricCatalogue.Taken);
        Assert.Empty(MetricCatalogue.BuiltIn.Metrics.Select(metric => metric.Name).Intersect(MetricCatalogue.Taken));
    }

    [Theory]
    [InlineData("nll", "There is a figure 'nll' already")]
    [InlineData("steps", "There is a figure 'steps' already")]
    [InlineData("head_loss", "'head_loss' is no name for a metric")]
    [InlineData("Top2", "'Top2' is no name for a metric")]
    [InlineData("top__two", "'top__two' is no name for a metric")]
    [InlineData("", "'' is no name for a metric")]
    public void Names_are_new_and_in_snake_case(string name, string message)
    {
        var metrics = new MetricCatalogue();
        var metric = MetricDefinition.OfPredictions(name, "title", () => new Accuracy());
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => metrics.Register(metric)).Message, StringComparison.Ordinal);
        Assert.Equal(MetricCatalogue.BuiltIn.Metrics.Select(known => known.Name), metrics.Metrics.Select(known => known.Name));
    }

    [Fact]
    public void Figures_stand_beside_the_other_keys_and_come_back()
    {
        var text = JsonSerializer.Serialize(FakeEngine.Summary, RunJson.Default.RunSummary);
        var root = JsonDocument.Parse(text).RootElement;
        Assert.Equal(0.9321, root.GetProperty("accuracy").GetDouble());
        Assert.Equal([0.91, 0.92, 0.90], root.GetProperty("head_accuracy").EnumerateArray().Select(value => value.GetDouble()));
        Assert.False(root.TryGetProperty("figures", out _));
        var back = JsonSerializer.Deserialize(text, RunJson.Default.RunSummary)!;
        Assert.Equal(FakeEngine.Summary.Values, back.Values);
        Assert.Equal(FakeEngine.Summary.HeadAccuracy, back.HeadAccuracy);
        Assert.Equal(text, JsonSerializer.Serialize(back, RunJson.Default.RunSummary));
    }

    [Fact]
    public void What_newer_versions_write_besides_is_passed_over_and_what_is_no_summary_refused()
    {
        var text = JsonSerializer.Serialize(FakeEngine.Summary, RunJson.Default.RunSummary);
        var newer = text.Insert(text.IndexOf('{') + 1, "\"note\": \"new\", \"sets\": [[1]], \"flag\": true, \"top_five\": 0.99,");
        var back = JsonSerializer.Deserialize(newer, RunJson.Default.RunSummary)!;
        Assert.Equal(0.99, back["top_five"]);
        Assert.Equal(FakeEngine.Summary.Figures.Count + 1, back.Figures.Count);
        foreach (var key in new[] { "accuracy", "head_accuracy" })
        {
            var without = text.Replace($"\"{key}\"", "\"other\"", StringComparison.Ordinal);
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(without, RunJson.Default.RunSummary));
        }
    }
}
