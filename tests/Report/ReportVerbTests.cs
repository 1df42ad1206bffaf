using System.Text.Json;
using NeuroTrails.Client.Cli;
using NeuroTrails.Configuration;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Web;

namespace NeuroTrails.Tests.Report;

/// <summary>A report of runs that were really trained, two methods by two seeds, and its page in a real browser.</summary>
public sealed class ReportVerbTests : Client.ClientFixture
{
    private CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_of_two_methods_by_two_seeds_shows_everything_without_a_fault()
    {
        List<string> runs = [];
        foreach (var method in new[] { "neurotrails", "single" })
        {
            foreach (var seed in new[] { 1, 2 })
            {
                runs.Add(await Train(method, seed));
            }
        }

        var (report, again) = (Path.Combine(Folder, "report"), Path.Combine(Folder, "again"));
        var host = Host with { Engine = () => new RunEngine(TimeProvider.System) };
        Assert.Equal(ExitCode.Success, await CommandLine.RunAsync(["report", .. runs, "--out", report], host));
        Assert.Equal(ExitCode.Success, await CommandLine.RunAsync(["report", .. runs, "--out", again], host));

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(report, "report.json"), Stop));
        var figures = json
            .RootElement.GetProperty("figures")
            .EnumerateArray()
            .Select(figure => figure.GetProperty("id").GetString()!)
            .ToList();
        string[] expected =
        [
            "accuracy",
            "accuracy-active-parameters",
            "accuracy-inference-flops",
            "reliability-1",
            "reliability-2",
            "risk-coverage",
            "diversity-disagreement",
            "diversity-kl-diversity",
            "disagreement-1",
            "divergence-1",
            "training-loss",
            "validation-accuracy",
            "turnover-1",
            "births-1",
            "masks-1",
            "overlap-1",
            "disputed-1",
        ];
        Assert.Empty(expected.Except(figures));

        // One member has no diversity.
        Assert.DoesNotContain("disagreement-2", figures);
        Assert.DoesNotContain("disputed-2", figures);
        var single = json.RootElement.GetProperty("methods")[1];
        Assert.Equal("single", single.GetProperty("name").GetString());
        Assert.False(single.GetProperty("figures").TryGetProperty("disagreement", out _));

        // What the report measured is what the run measured.
        foreach (var (run, said) in runs.Zip(json.RootElement.GetProperty("runs").EnumerateArray()))
        {
            using var summary = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(run, "summary.json"), Stop));
            foreach (var name in new[] { "accuracy", "nll", "ece" })
            {
                Assert.Equal(
                    summary.RootElement.GetProperty(name).GetDouble(),
                    said.GetProperty("figures").GetProperty(name).GetDouble(),
                    9
                );
            }
        }

        foreach (var file in figures.SelectMany(id => new[] { $"figures/{id}.svg", $"figures/{id}.png" }).Append("report.csv"))
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(Path.Combine(report, file), Stop),
                await File.ReadAllBytesAsync(Path.Combine(again, file), Stop)
            );
        }

        await Look(Path.Combine(report, "report.html"), figures.Count);
    }

    [Fact]
    public async Task What_is_no_run_and_what_would_be_overwritten_is_refused()
    {
        Assert.Equal(ExitCode.Usage, await RunAsync("report", Path.Combine(Folder, "missing")));
        Assert.Contains("is not a run", Error);
        var run = MakeRun("run");
        var full = Path.Combine(Folder, "full");
        Directory.CreateDirectory(full);
        await File.WriteAllTextAsync(Path.Combine(full, "thesis.tex"), "mine", Stop);
        Assert.Equal(ExitCode.Usage, await RunAsync("report", run, "--out", full));
        Assert.Contains("is not empty and holds no report", Error);
        Assert.Equal(ExitCode.Usage, await RunAsync("report", run, "--out", Path.Combine(run, "checkpoints")));
        Assert.Contains("belongs to the run", Error);
        Assert.Equal(ExitCode.Usage, await RunAsync("report", run, "--confidence", "95"));
        Assert.Contains("0.5 to 0.9999", Error);
        Assert.Equal(ExitCode.Usage, await RunAsync("report", run));
        Assert.Contains("none of the runs has results yet", Error);
    }

    [Fact]
    public async Task A_comparison_is_reported_by_its_folder_and_tells_what_is_missing()
    {
        Engine.Examine = request =>
            Task.FromResult(SampleReport.Evidence(request.RunFolder.Contains("single", StringComparison.Ordinal) ? 0.9 : 0.8));
        var folder = Path.Combine(Folder, "comparison");
        foreach (var run in new[] { "single/seed-1", "treenet/seed-1" })
        {
            var target = Path.Combine(folder, "runs", run);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Directory.Move(MakeRun("one"), target);
            await File.AppendAllTextAsync(Path.Combine(target, "config.yaml"), string.Empty, Stop);
        }

        Set(Path.Combine(folder, "runs/single/seed-1"), "single");
        Set(Path.Combine(folder, "runs/treenet/seed-1"), "treenet");
        new Comparison
        {
            Budget = "epochs",
            Reference = "single",
            Methods = ["single", "treenet"],
            Seeds = [1, 2],
            Command = "neurotrails compare <x>",
            Threads = 1,
            Runs =
            [
                Compared("single", 1, ComparedState.Finished, null),
                Compared("treenet", 1, ComparedState.Finished, null),
                Compared("treenet", 2, ComparedState.Failed, "The disk is full."),
            ],
        }.Write(folder);
        Assert.Equal(ExitCode.Success, await RunAsync("report", folder));
        var page = await File.ReadAllTextAsync(Path.Combine(folder, "report", "report.html"), Stop);
        Assert.Contains("treenet, seed 2, is left out: it is failed: The disk is full.", page);
        Assert.Contains("neurotrails compare &lt;x&gt;", page);
        Assert.Contains("2 methods: single, treenet", page);
    }

    private static ComparedRun Compared(string method, long seed, ComparedState state, string? reason) =>
        new()
        {
            Method = method,
            Seed = seed,
            Role = ComparedRole.Final,
            Folder = $"runs/{method}/seed-{seed}",
            Settings = [],
            Command = "neurotrails train",
            Steps = 1,
            State = state,
            Reason = reason,
        };

    private static void Set(string run, string method) =>
        File.WriteAllText(
            Path.Combine(run, "config.yaml"),
            RunOptionsWriter.ToYaml(new RunOptionsReader().AddPreset("quickstart").AddAssignment($"ensemble.method={method}").Read())
        );

    private async Task<string> Train(string method, long seed)
    {
        var folder = Path.Combine(Folder, $"{method}-{seed}");
        var options = new RunOptionsReader()
            .AddPreset("quickstart")
            .AddAssignment($"ensemble.method={method}")
            .AddAssignment($"seed={seed}")
            .AddAssignment("data.limit=320")
            .AddAssignment("training.steps=12")
            .AddAssignment("topology.every=4")
            .Read();
        var result = await new RunEngine(TimeProvider.System).TrainAsync(
            new(options, folder, ResumeMode.Never),
            new Progress<RunUpdate>(),
            Stop
        );
        Assert.Equal(TrainOutcome.Finished, result.Outcome);
        return folder;
    }

    private static async Task Look(string page, int figures)
    {
        await using var browser = await Browser.Start();
        foreach (var (dark, phone) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            var shown = await browser.Open("file://" + page, dark, phone);
            Assert.Equal(figures, await shown.Locator("figure svg").CountAsync());
            Assert.Equal(figures, await shown.Locator("figure details table").CountAsync());
            Assert.Empty(await shown.EvaluateAsync<string[]>(BrowserTests.Faults));
            await shown.Locator("figure summary").First.ClickAsync();
            Assert.True(await shown.Locator("figure table").First.IsVisibleAsync());
            if (Environment.GetEnvironmentVariable("NEUROTRAILS_PICTURES") is { Length: > 0 } folder)
            {
                var name = $"report-{(phone ? "phone" : "desk")}-{(dark ? "dark" : "light")}";
                await shown.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
                await shown.PdfAsync(new() { Path = Path.Combine(folder, name + ".pdf") });
            }
        }

        Assert.Empty(browser.Errors);
    }
}
