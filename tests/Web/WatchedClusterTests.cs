using System.Globalization;
using System.Net;
using Microsoft.Playwright;
using NeuroTrails.Configuration;
using NeuroTrails.Running;
using NeuroTrails.Silo.Web;
using NeuroTrails.Tests.Chaos;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Tests.Cluster;

namespace NeuroTrails.Tests.Web;

/// <summary>The live page of a real cluster, whose run goes on while a silo is killed.</summary>
[Collection(nameof(Alone))]
public sealed class WatchedClusterTests
{
    [Fact]
    public async Task A_head_is_seen_to_move_when_its_silo_is_killed_and_the_run_to_end()
    {
        using var folder = new TemporaryFolder();
        await using var browser = await Browser.Start();
        await using var cluster = new TestCluster(folder.File("runs"))
        {
            Web = name => name == "a" ? new(new(IPAddress.Loopback, 0), null) : null,
        };
        await cluster.StartAsync("a", "b");
        var url = $"http://{cluster.Service<WebServer>("a").Address}";
        var wanted = cluster.Request("c");
        using var doomed = ClientProcess.StartIn(
            folder.Path,
            "silo",
            "--name",
            "c",
            "--devices",
            "cpu",
            "--cluster-id",
            cluster.ClusterId,
            "--primary",
            wanted.Primary!,
            "--runs",
            folder.File("runs")
        );
        try
        {
            while ((await TestCluster.Engine.OverviewAsync(cluster.Address, TestContext.Current.CancellationToken)).Members.Length < 3)
            {
                Assert.False(doomed.HasExited);
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }

            var running = SmallRun.Train(
                cluster,
                "r",
                options =>
                    options with
                    {
                        Training = options.Training with { Steps = 2500 },
                        Checkpoint = new CheckpointOptions { EverySteps = 20 },
                    }
            );
            var page = await browser.Open($"{url}/#r");
            await BrowserTests.Says(page, "#phase", "running");
            await Assertions.Expect(page.Locator("[data-member=c].owner")).ToHaveCountAsync(1, new() { Timeout = 60_000 });
            await Passes(page, 60);
            var owner = (await page.Locator("[data-member=c].owner").GetAttributeAsync("data-owner"))!;
            var before = await Step(page);
            doomed.Kill();
            await BrowserTests.Says(page, "#events", $"{owner} moved from c/cpu to ");
            await BrowserTests.Says(page, "#events", "silo c is no longer heard of");
            await BrowserTests.Says(page, "#epoch", "generation");
            Assert.NotEqual("c", await page.Locator($"[data-owner={owner}]").GetAttributeAsync("data-member"));
            await Passes(page, before + 20);
            Assert.Equal(HttpStatusCode.OK, await Get(url + "/orleans/ClusterStats"));
            Assert.Equal(HttpStatusCode.OK, await Get(url + "/metrics"));
            Assert.Equal(HttpStatusCode.OK, await Get(url + "/health/ready"));
            await TestCluster.Engine.StopAsync(cluster.Address, "r", TestContext.Current.CancellationToken);
            Assert.Equal(TrainOutcome.Interrupted, (await running).Outcome);
            await BrowserTests.Says(page, "#phase", "stopped");
            Assert.Empty(browser.Errors);
        }
        finally
        {
            if (!doomed.HasExited)
            {
                doomed.Kill();
            }

            await doomed.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_run_in_one_process_has_a_page_while_it_trains_and_a_replay_afterwards()
    {
        using var folder = new TemporaryFolder();
        await using var browser = await Browser.Start();
        var port = WebGateTests.FreePort();
        var told = new Told();
        using var stop = new CancellationTokenSource();
        var options = SmallRun.Options(steps: 4000, checkpointEvery: 500);
        var training = new NeuroTrails.Silo.RunEngine(TimeProvider.System).TrainAsync(
            new(options, folder.File("runs/mine"), ResumeMode.Never) { Web = new(new(IPAddress.Loopback, port), null) },
            told,
            stop.Token
        );
        while (!told.Notices.Any(line => line.StartsWith("live page", StringComparison.Ordinal)))
        {
            Assert.False(training.IsFaulted, training.Exception?.ToString());
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Contains($"live page: http://127.0.0.1:{port}/", told.Notices);
        var page = await browser.Open($"http://127.0.0.1:{port}/");
        await Passes(page, 100);
        await BrowserTests.Says(page, "#run-name", "mine");
        Assert.False(await page.Locator("#masks-card").IsHiddenAsync());
        await stop.CancelAsync();
        Assert.Equal(TrainOutcome.Interrupted, (await training).Outcome);
        await BrowserTests.Says(page, "#link", "connection lost");
        browser.Errors.RemoveAll(error =>
            error.Contains("ERR_CONNECTION_REFUSED", StringComparison.Ordinal)
            || error.Contains("ERR_INCOMPLETE_CHUNKED_ENCODING", StringComparison.Ordinal)
        );

        using var leave = new CancellationTokenSource();
        var where = new TaskCompletionSource<string>();
        var watching = WatchPage.ServeAsync(
            folder.File("runs/mine"),
            new(new(IPAddress.Loopback, 0), null),
            where.SetResult,
            TimeProvider.System,
            leave.Token
        );
        var replay = await browser.Open((await where.Task)["live page: ".Length..]);
        await BrowserTests.Says(replay, "#phase", "stopped");
        await Passes(replay, 100);
        Assert.Equal(4, await replay.Locator(".owner").CountAsync());
        await leave.CancelAsync();
        await watching.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(browser.Errors, error => !error.Contains("ERR_", StringComparison.Ordinal));
    }

    private static async Task<HttpStatusCode> Get(string url)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(url), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static async Task Passes(IPage page, long step)
    {
        while (await Step(page) < step)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<long> Step(IPage page)
    {
        var words = (await page.Locator("#steps").InnerTextAsync()).Split(' ');
        return words.Length > 1 && long.TryParse(words[1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var step)
            ? step
            : 0;
    }
}
