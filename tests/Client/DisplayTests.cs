using NeuroTrails.Client.Display;
using NeuroTrails.Metrics;
using NeuroTrails.Running;

namespace NeuroTrails.Tests.Client;

public sealed class DisplayTests : ClientFixture
{
    [Fact]
    public async Task Plain_lines_are_throttled_but_the_first_and_the_last_are_shown()
    {
        var clock = new ManualClock();
        await using var display = new PlainDisplay(Host with { Time = clock }, TimeSpan.FromSeconds(5));
        for (var step = 1; step <= 100; step++)
        {
            display.Report(Step(step));
            clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        var lines = Output.TrimEnd().Split('\n');
        Assert.Equal([1, 51, 100], lines.Select(line => int.Parse(line[5..line.IndexOf('/', StringComparison.Ordinal)], null)));
        Assert.Equal(
            "step 100/100  epoch 2.00  loss 0.500 0.250  accuracy 0.912  density 0.200  3 updates (-1,200 +1,200)  12.3 steps/s  1m 05s "
                + "left",
            lines[^1]
        );
    }

    [Fact]
    public async Task Warnings_go_to_the_error_stream()
    {
        await using var display = new PlainDisplay(Host, TimeSpan.Zero);
        display.Report(new RunNotice("resumed on other hardware", Warning: true));
        display.Report(new RunNotice("validation is kept aside"));
        display.Report(new RunStarted(25, 100, "wrn-10-2", "glyphs", 1, "cpu", 0.2, 1000, 5000));
        Assert.Equal("warning: resumed on other hardware\n", Error);
        Assert.Equal(
            "validation is kept aside\nwrn-10-2 on glyphs, 1 head, density 0.200 (1.00 k of 5.00 k weights), cpu: going on after step 25 "
                + "of 100\n",
            Output
        );
    }

    [Fact]
    public async Task The_live_display_shows_the_last_state_and_stops()
    {
        await using (var display = new LiveDisplay(Host))
        {
            display.Report(new RunStarted(0, 100, "wrn-10-2", "glyphs", 2, "cpu", 0.2, 1000, 5000));
            display.Report(Step(50));
            display.Report(new CheckpointCommitted(25));
            display.Report(new RunNotice("a [bracket] is text", Warning: true));
        }

        Assert.Contains("step 50 of 100", Output, StringComparison.Ordinal);
        Assert.Contains("0.500 0.250", Output, StringComparison.Ordinal);
        Assert.Contains("checkpoint of step 25", Output, StringComparison.Ordinal);
        Assert.Contains("a [bracket] is text", Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_terminal_of_any_width_shows_everything_once_and_no_litter(bool folds)
    {
        var terminal = new FakeTerminal(80, folds);
        var picture = new LivePicture(new(Colour: true));
        picture.Report(new RunStarted(0, 100, "wrn-10-2", "glyphs", 2, "cpu", 0.2, 1000, 5000));
        picture.Report(new CheckpointCommitted(25));
        picture.Report(new RunMeasured(25, "validation", 0.5, 1.25, [0.5, 0.25]));
        foreach (var (width, step) in new[] { (80, 1), (80, 2), (50, 30), (24, 31), (12, 32), (33, 50), (120, 51), (80, 52) })
        {
            terminal.Resize(width);
            picture.Report(Step(step));
            picture.Report(new RunNotice($"notice {step}"));
            terminal.Write(picture.Draw(width, 40, last: step == 52));
            var shown = string.Join(' ', terminal.Lines.SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
            foreach (
                var part in new[]
                {
                    $"step {step} of 100",
                    "epoch",
                    "steps/s",
                    "1m 05s left",
                    "loss 0.500 0.250",
                    "accuracy 0.912",
                    "density 0.200 topology",
                    "3 updates",
                    "checkpoint of step 25",
                    "NLL 1.2500",
                }
            )
            {
                Assert.Equal(2, shown.Split(part).Length);
            }
        }

        Assert.Equal(
            [
                "notice 52",
                "",
                "━━━━━━━━━━━━━━━━━━━━  step 52 of 100  epoch 1.04  12.3 steps/s  1m 05s left",
                "loss 0.500 0.250  accuracy 0.912  density 0.200",
                "topology 3 updates (-1,200 +1,200)  checkpoint of step 25",
                "validation at step 25: accuracy 0.5000  (heads 0.500 0.250)  NLL 1.2500",
                "",
            ],
            terminal.Lines.TakeLast(7)
        );
        Assert.Equal(
            Enumerable.Range(0, 8).Select(_ => 1),
            new[] { 1, 2, 30, 31, 32, 50, 51, 52 }.Select(step => terminal.Lines.Count(line => line == $"notice {step}"))
        );
    }

    [Fact]
    public void What_others_write_meanwhile_stays_whole()
    {
        var terminal = new FakeTerminal(80, folds: true);
        var picture = new LivePicture(new(Colour: false));
        picture.Report(Step(7));
        terminal.Write(picture.Draw(80, 24, last: false));
        terminal.Write("^Cstopping in good order\n");
        terminal.Write(picture.Draw(80, 24, last: true));
        Assert.Equal(["^Cstopping in good order", ""], terminal.Lines.Take(2));
        Assert.Single(terminal.Lines, line => line.Contains("step 7 of 100", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_coloured_where_nobody_wants_colour()
    {
        Variables["NO_COLOR"] = "1";
        var host = Host with { Live = true };
        Assert.False(host.Colour);
        var picture = new LivePicture(new(host.Colour));
        picture.Report(Step(50));
        picture.Report(new RunNotice("careful", Warning: true));
        var sent = picture.Draw(80, 24, last: true);
        Assert.Contains("step 50 of 100", sent, StringComparison.Ordinal);
        Assert.DoesNotMatch("\u001b\\[[0-9;]*m", sent);
        FiguresTable.Print(host, FakeEngine.Summary);
        Assert.DoesNotMatch("\u001b\\[[0-9;]*m", Output);
        Variables.Clear();
        Assert.True(host.Colour);
    }

    [Fact]
    public void Many_heads_are_told_by_the_lowest_the_middle_and_the_highest()
    {
        var values = Enumerable.Range(0, 64).Select(head => head / 100.0).Reverse().ToArray();
        Assert.Equal("0.000–0.315–0.630 (min–median–max of 64 heads)", Readable.Heads(values));
        Assert.Equal("0.630 0.620 0.610", Readable.Heads(values[..3]));
        Assert.Equal([1, 2, double.NaN], Readable.Spread([double.NaN, 1, 2]));
        FiguresTable.Print(Host, FakeEngine.Figures(0.5, 0.1, 0.1, values));
        Assert.Equal(
            ["heads, lowest", "heads, median", "heads, highest"],
            Output.Split('\n').Where(line => line.Contains("heads, ", StringComparison.Ordinal)).Select(line => line.Split('|')[1].Trim())
        );
        Assert.Contains("| heads, median  |   0.3150 |", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_that_a_host_has_registered_are_shown_by_their_keys()
    {
        var metrics = new MetricCatalogue();
        metrics.Register(MetricDefinition.OfPredictions("top_two_accuracy", "top two", () => new Accuracy(), ofHeads: true));
        metrics.Register(MetricDefinition.OfPredictions("loss_in_bits", "loss in bits", () => new Brier(), "bits"));
        var evaluation = new EnsembleEvaluation(2, 2, metrics: metrics);
        evaluation.Add<double>([0, 1, 1, 0], [0]);
        FiguresTable.Print(Host, EnsembleFigures.Of(evaluation.Result()));
        Assert.Contains("| accuracy |    NLL |    ECE | top two accuracy |", Output, StringComparison.Ordinal);
        Assert.Contains("| head 1        |   1.0000 |", Output, StringComparison.Ordinal);
        Assert.Contains("loss in bits 0.5", Output, StringComparison.Ordinal);
        Assert.All(Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Theory]
    [InlineData(2.18884917363381e22, "2.19e22")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(0.25, "0.25")]
    [InlineData(0.0000125, "1.25e-05")]
    [InlineData(40, "40")]
    public void No_number_has_more_digits_than_people_read(double value, string text)
    {
        Assert.Equal(text, Readable.Any(value));
        Assert.InRange(Readable.Share(value).Length, 1, 10);
    }

    [Theory]
    [InlineData(0, "0 heads", "0 classes", "before step 1")]
    [InlineData(1, "1 head", "1 class", "at step 1")]
    [InlineData(1234, "1,234 heads", "1,234 classes", "at step 1,234")]
    public void One_is_one_and_others_are_many(long count, string heads, string classes, string at) =>
        Assert.Equal((heads, classes, at), (Readable.Count(count, "head"), Readable.Count(count, "class", "classes"), Readable.At(count)));

    [Fact]
    public void Nothing_that_is_counted_is_always_many() =>
        Assert.Equal(
            [],
            from file in NeuroTrails.Tests.House.Repository.Files(".cs")
            where file.StartsWith("client/", StringComparison.Ordinal)
            from text in NeuroTrails.Tests.House.SourceTexts.Of(string.Join('\n', NeuroTrails.Tests.House.Repository.Lines(file)))
            where
                System.Text.RegularExpressions.Regex.IsMatch(
                    text,
                    "… (heads|blocks|steps|samples|classes|updates|owners|cores|checkpoints|epochs|runs|silos)\\b"
                )
            select $"{file}: {text}"
        );

    [Theory]
    [InlineData(0.4, "0s")]
    [InlineData(59.4, "59s")]
    [InlineData(65, "1m 05s")]
    [InlineData(7500, "2h 05m")]
    [InlineData(273600, "3d 04h")]
    public void Spans_are_short(double seconds, string text) => Assert.Equal(text, Readable.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(999, "999")]
    [InlineData(21_300_000, "21.30 M")]
    [InlineData(7_160_000_000, "7.16 G")]
    [InlineData(long.MaxValue, "9.22 E")]
    public void Large_numbers_are_short(long value, string text) => Assert.Equal(text, Readable.Large(value));

    private static StepProgress Step(long step) =>
        new()
        {
            Step = step,
            TotalSteps = 100,
            Epoch = step / 50.0,
            LossPerHead = [0.5, 0.25],
            Accuracy = 0.912,
            Density = 0.2,
            StepsPerSecond = 12.34,
            Remaining = TimeSpan.FromSeconds(65),
            TopologyUpdates = 3,
            Dropped = 1200,
            Grown = 1200,
        };

    private sealed class ManualClock : TimeProvider
    {
        private long _ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
