namespace NeuroTrails.Tests.Client;

public sealed class CommandLineTests : ClientFixture
{
    [Theory]
    [InlineData("trian", "did you mean `train`?")]
    [InlineData("evl", "did you mean `eval`?")]
    [InlineData("tset", "did you mean `test`?")]
    [InlineData(
        "frobnicate",
        "Verbs: train, compare, eval, report, predict, generate, export, describe, status, runs, watch, check, silo, silos, attach, stop, doctor, bench, build, test"
    )]
    public async Task An_unknown_verb_is_answered_with_the_nearest(string verb, string expected)
    {
        Assert.Equal(2, await RunAsync(verb));
        Assert.Contains($"`{verb}` is no verb", Error, StringComparison.Ordinal);
        Assert.Contains(expected, Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train --prest quickstart", "did you mean `--preset`?")]
    [InlineData("train --preset=quickstart --epoch=3", "did you mean `--epochs`?")]
    [InlineData("eval --rum x", "did you mean `--run`?")]
    [InlineData("eval", "'--run' is required")]
    [InlineData("predict --run x", "'--input' is required")]
    [InlineData("status", "Required argument 'RUN' missing")]
    [InlineData("train --telemetry file --preset quickstart", "'console'")]
    [InlineData("bench step --heads none", "none")]
    [InlineData("bench step --heads 0", "allowed is a whole number at least 1")]
    [InlineData("bench step --density 1.5", "allowed is a number above 0, at most 1")]
    [InlineData("bench step --steps 0", "at least 1")]
    public async Task Wrong_usage_is_explained_and_ends_with_2(string line, string expected)
    {
        Assert.Equal(2, await RunAsync(line.Split(' ')));
        Assert.Contains(expected, Error, StringComparison.Ordinal);
        Assert.Contains("--help", Error, StringComparison.Ordinal);
        Assert.Empty(Output);
        Assert.Empty(Engine.Asked);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("help")]
    [InlineData("train --help")]
    [InlineData("help train")]
    [InlineData("bench step -h")]
    [InlineData("doctor -?")]
    public async Task Help_shows_examples(string line)
    {
        Assert.Equal(0, await RunAsync(line.Split(' ')));
        Assert.Contains("Examples:", Output, StringComparison.Ordinal);
        Assert.Contains("  ./neurotrails ", Output, StringComparison.Ordinal);
        Assert.Empty(Error);
    }

    [Fact]
    public async Task Nothing_typed_shows_help_but_is_no_success()
    {
        Assert.Equal(2, await RunAsync());
        Assert.Contains("Commands:", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bench_prints_one_line_of_json()
    {
        Assert.Equal(
            0,
            await RunAsync(
                "bench step --model wrn-10-2 --heads 3 --blocks-in-head 2 --density 0.2 --batch 128 --threads 2 --steps 10 --warmup 2".Split(
                    ' '
                )
            )
        );
        Assert.Equal(
            """{"step_ms_min":1,"step_ms_median":2,"infer_ms_min":3,"infer_ms_median":4,"peak_mib":5,"monolithic_step_ms_median":6}"""
                + "\n",
            Output
        );
        var asked = Assert.IsType<NeuroTrails.Running.StepBenchmarkRequest>(Assert.Single(Engine.Asked));
        Assert.Equal(
            ("wrn-10-2", 3, 2, 0.2, 128, 2, 10, 2),
            (asked.Model, asked.Heads, asked.BlocksInHead, asked.Density, asked.Batch, asked.Threads, asked.Steps, asked.Warmup)
        );
    }

    [Fact]
    public async Task Doctor_starts_with_the_runtime_line()
    {
        await RunAsync("doctor");
        Assert.StartsWith("runtime: orleans ", Output, StringComparison.Ordinal);
        Assert.Matches("^runtime: orleans [^ ]+, torchsharp [^ ]+, libtorch [^ ]+, opentelemetry [^ ]+$", Output.Split('\n')[0]);
    }
}
