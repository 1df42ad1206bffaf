using NeuroTrails.Client.Compare;
using NeuroTrails.Running;

namespace NeuroTrails.Tests.Compare;

public sealed class TuneGridTests
{
    private readonly List<string> _said = [];

    [Fact]
    public void Every_combination_is_tried_once()
    {
        var grid = Parse("learning_rate=0.05,0.1", "training.momentum=0,0.5,0.9", "hidden=[8,4],[16]")!;
        Assert.Equal(["--tune: learning_rate is training.learning_rate", "--tune: hidden is model.hidden"], _said);
        Assert.Equal(["[8,4]", "[16]"], grid.Settings["model.hidden"]);
        var expected =
            from rate in new[] { "0.05", "0.1" }
            from momentum in new[] { "0", "0.5", "0.9" }
            from hidden in new[] { "[8,4]", "[16]" }
            select $"training.learning_rate={rate} training.momentum={momentum} model.hidden={hidden}";
        Assert.Equal(expected, grid.Combinations.Select(tuned => string.Join(' ', tuned)));
        Assert.Null(Parse());
    }

    [Theory]
    [InlineData("learning_rate", "not of the form")]
    [InlineData("=1", "not of the form")]
    [InlineData("learning_rate=", "not of the form")]
    [InlineData("learning_rate=0.1,,0.2", "not of the form")]
    [InlineData("learning_rate=0.1,0.1", "twice")]
    [InlineData("lerning_rate=0.1", "did you mean `learning_rate`?")]
    [InlineData("batch=1", "training.batch or evaluation.batch")]
    [InlineData("seed=1,2", "seed cannot be tuned")]
    [InlineData("ensemble.method=single", "cannot be tuned")]
    [InlineData("data.limit=10", "cannot be tuned")]
    [InlineData("evaluation.test=false", "cannot be tuned")]
    [InlineData("training=1", "there is no setting `training`")]
    public void What_cannot_be_tuned_is_refused(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<UserErrorException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Too_many_trials_are_refused()
    {
        var many = string.Join(',', Enumerable.Range(1, 40));
        Assert.Contains(
            "1,600 trials of each method; at most 1,000",
            Assert.Throws<UserErrorException>(() => Parse($"training.batch={many}", $"passes={many}")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_least_figure_of_those_measured_is_selected_and_the_first_of_equal_ones()
    {
        var random = new Random(2);
        for (var round = 0; round < 1000; round++)
        {
            double?[] figures =
            [
                .. Enumerable
                    .Range(0, random.Next(1, 6))
                    .Select(_ =>
                        random.Next(5) is var kind && kind == 0 ? (double?)null
                        : kind == 1 ? double.NaN
                        : random.Next(4)
                    ),
            ];
            var trials = figures.Select((figure, index) => Trial(index, figure)).ToList();
            int? expected = null;
            for (var at = 0; at < figures.Length; at++)
            {
                if (figures[at] is { } figure && !double.IsNaN(figure) && (expected is null || figure < figures[expected.Value]))
                {
                    expected = at;
                }
            }

            Assert.Equal(expected is { } best ? trials[best] : null, TuneSelection.Best(trials));
        }
    }

    [Fact]
    public void A_figure_of_another_split_than_validation_is_never_selected_by()
    {
        Assert.Throws<UserErrorException>(() => TuneSelection.FigureOf(Summary("test")));
        Assert.Throws<UserErrorException>(() => TuneSelection.FigureOf(Summary("train")));
        Assert.Equal(0.5, TuneSelection.FigureOf(Summary("validation")));
    }

    private TuneGrid? Parse(params string[] typed) => TuneGrid.Parse(typed, _said.Add);

    private static ComparedRun Trial(int index, double? figure) =>
        new()
        {
            Method = "single",
            Seed = 1,
            Role = ComparedRole.Trial,
            Folder = $"tuning/single/trial-{index}",
            Settings = [],
            Command = string.Empty,
            Steps = 1,
            State = ComparedState.Finished,
            Validation = figure,
        };

    private static RunSummary Summary(string split) =>
        System.Text.Json.JsonSerializer.Deserialize(
            $$"""
            {"accuracy":0.5,"nll":0.5,"head_accuracy":[0.5],"prediction":"probabilities","heads":1,"density":1,"active_parameters":1,
            "dense_parameters":1,"inference_flops":1,"topology_updates":0,"dropped":0,"grown":0,"steps":1,"train_seconds":1,"runtime":"r",
            "split":"{{split}}"}
            """,
            RunJson.Default.RunSummary
        )!;
}
