using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using NeuroTrails.Running;
using NeuroTrails.Silo.Web;

namespace NeuroTrails.Tests.Web;

public sealed class WebStreamTests
{
    [Fact]
    public async Task A_browser_hears_the_overview_then_all_of_the_run_then_what_is_new()
    {
        await using var page = await TestPage.Start();
        page.Feed.Add(FakeFeed.Started, FakeFeed.Step(1));
        using var heard = await Events(page, "/api/events?run=r");
        Assert.Equal("overview", (await heard.Next()).Kind);
        var (kind, _, all) = await heard.Next();
        Assert.Equal("run", kind);
        Assert.True(all.GetProperty("reset").GetBoolean());
        page.Feed.Add(FakeFeed.Step(2));
        var (_, id, news) = await heard.Next();
        Assert.False(news.GetProperty("reset").GetBoolean());
        Assert.Equal(2, Frame(news, "now").GetProperty("step").GetInt64());
        Assert.Matches("^[0-9A-F]{8}-[0-9]+$", id);
    }

    [Fact]
    public async Task A_connection_that_broke_goes_on_where_it_was()
    {
        await using var page = await TestPage.Start();
        page.Feed.Add(FakeFeed.Started, FakeFeed.Step(1));
        string id;
        using (var heard = await Events(page, "/api/events?run=r"))
        {
            await heard.Next();
            id = (await heard.Next()).Id;
        }

        page.Feed.Add(FakeFeed.Step(2));
        using (var again = await Events(page, "/api/events?run=r", id))
        {
            await again.Next();
            var (_, _, news) = await again.Next();
            Assert.False(news.GetProperty("reset").GetBoolean());
            Assert.Equal(2, Frame(news, "now").GetProperty("step").GetInt64());
        }

        using var stranger = await Events(page, "/api/events?run=r", "00000000-1");
        await stranger.Next();
        Assert.True((await stranger.Next()).Data.GetProperty("reset").GetBoolean());
    }

    [Fact]
    public async Task Whoever_missed_more_than_is_kept_is_told_everything()
    {
        await using var page = await TestPage.Start();
        page.Feed.Add(FakeFeed.Started, FakeFeed.Step(1));
        string id;
        using (var heard = await Events(page, "/api/events?run=r"))
        {
            await heard.Next();
            id = (await heard.Next()).Id;
        }

        for (var step = 2; step < 1000; step++)
        {
            page.Feed.Add(FakeFeed.Step(step));
        }

        while (!(await page.Ask("/api/runs/r")).Text.Contains("\"step\":999", StringComparison.Ordinal))
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        using var again = await Events(page, "/api/events?run=r", id);
        await again.Next();
        Assert.True((await again.Next()).Data.GetProperty("reset").GetBoolean());
    }

    [Fact]
    public async Task One_loop_follows_a_run_for_all_browsers()
    {
        await using var page = await TestPage.Start();
        page.Feed.Add(FakeFeed.Started, FakeFeed.Step(1));
        var heard = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Events(page, "/api/events?run=r")));
        foreach (var one in heard)
        {
            await one.Next();
            await one.Next();
            one.Dispose();
        }

        Assert.Equal(1, page.Feed.Followers);
    }

    [Fact]
    public async Task Browsers_that_ask_in_the_same_moment_share_one_loop()
    {
        const int Browsers = 8;
        for (var round = 0; round < 100; round++)
        {
            var feed = new FakeFeed();
            feed.Add(FakeFeed.Started, FakeFeed.Step(1));
            await using var hub = new RunHub(feed, false, false, TimeProvider.System, NullLogger.Instance);
            await hub.Overview(TestContext.Current.CancellationToken);
            using var together = new Barrier(Browsers);
            var channels = await Task.WhenAll(
                Enumerable
                    .Range(0, Browsers)
                    .Select(_ =>
                        Task.Factory.StartNew(
                                () =>
                                {
                                    together.SignalAndWait();
                                    return hub.Channel("r", CancellationToken.None);
                                },
                                TestContext.Current.CancellationToken,
                                TaskCreationOptions.LongRunning,
                                TaskScheduler.Default
                            )
                            .Unwrap()
                    )
            );
            Assert.Single(channels.Distinct());
            Assert.Equal(1, feed.Followers);
        }
    }

    [Fact]
    public async Task Silos_that_come_and_go_are_told_of_and_what_they_send_is_a_rate()
    {
        await using var page = await TestPage.Start();
        page.Feed.Add(FakeFeed.Started, FakeFeed.Step(1));
        using var heard = await Events(page, "/api/events?run=r");
        await heard.Next();
        await heard.Next();
        page.Feed.Now = page.Feed.Now with { Members = [FakeFeed.Member("a", sent: 5_000_000), FakeFeed.Member("b")] };
        var seen = new List<string>();
        while (
            !seen.Any(line => line.Contains("silo b has joined", StringComparison.Ordinal))
            || !seen.Any(line =>
                line.Contains("\"sentPerSecond\":", StringComparison.Ordinal)
                && !line.Contains("\"sentPerSecond\":0,", StringComparison.Ordinal)
            )
        )
        {
            seen.Add((await heard.Next()).Data.GetRawText());
        }

        page.Feed.Now = page.Feed.Now with { Members = [FakeFeed.Member("a", sent: 5_000_000)] };
        while (!seen.Any(line => line.Contains("silo b is no longer heard of", StringComparison.Ordinal)))
        {
            seen.Add((await heard.Next()).Data.GetRawText());
        }
    }

    [Fact]
    public async Task Open_streams_do_not_hold_up_the_end()
    {
        var page = await TestPage.Start();
        page.Feed.Add(FakeFeed.Started, FakeFeed.Step(1));
        using var heard = await Events(page, "/api/events?run=r");
        await heard.Next();
        await page.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_run_that_nobody_knows_is_said_to_be_none()
    {
        await using var page = await TestPage.Start();
        var (code, text, _) = await page.Ask("/api/runs/other");
        Assert.Equal((System.Net.HttpStatusCode.NotFound, "There is no run 'other' here.\n"), (code, text));
        page.Feed.Add(FakeFeed.Started, FakeFeed.Step(1), new RunNotice("careful", Warning: true));
        Assert.Contains("careful", (await page.Ask("/api/runs/r")).Text, StringComparison.Ordinal);
    }

    private static JsonElement Frame(JsonElement message, string kind) =>
        message.GetProperty("frames").EnumerateArray().Last(frame => frame.GetProperty("t").GetString() == kind);

    private static async Task<EventReader> Events(TestPage page, string path, string? last = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page.Url + path);
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        var answer = await page.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        return new(answer, await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }
}
