using Microsoft.Playwright;
using NeuroTrails.Contracts;
using NeuroTrails.Running;
using NeuroTrails.Silo.Web;

namespace NeuroTrails.Tests.Web;

/// <summary>The live page in a real browser, with news made by hand.</summary>
[Collection(nameof(Alone))]
public sealed class BrowserTests
{
    // The contrast of every text with what is behind it, and controls without a name.
    internal const string Faults = """
        () => {
          const scale = (text, at) => text.startsWith('color(') && at < 3 ? 255 : 1;
          const parse = text => (text.match(/[\d.]+/g) ?? []).map((part, at) => Number(part) * scale(text, at));
          const linear = c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
          const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
          const behind = node => {
            for (; node; node = node.parentElement) {
              const c = parse(getComputedStyle(node).backgroundColor);
              if (c.length === 3 || c[3] > 0.9) return c;
            }
            return [255, 255, 255];
          };
          const faults = [];
          for (const node of document.querySelectorAll('main *, header *')) {
            const own = [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim());
            const box = node.getBoundingClientRect();
            if (!own || box.width === 0 || node.closest('svg, .sr, select')) continue;
            const [a, b] = [light(parse(getComputedStyle(node).color)), light(behind(node))];
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < 4.5) faults.push(`${node.tagName} "${node.textContent.trim().slice(0, 30)}" has contrast ${ratio.toFixed(2)}`);
          }
          for (const node of document.querySelectorAll('button, select, input, a')) {
            if (node.textContent.trim() || node.getAttribute('aria-label') || node.labels?.length) continue;
            faults.push(`${node.outerHTML.slice(0, 60)} has no name`);
          }
          if (document.documentElement.scrollWidth > innerWidth) faults.push(`the page is ${document.documentElement.scrollWidth} wide`);
          return faults;
        }
        """;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task It_is_shown_in_light_and_dark_on_desk_and_phone_without_a_fault(bool dark, bool phone)
    {
        await using var page = await TestPage.Start();
        Fill(page.Feed, 60);
        await using var browser = await Browser.Start();
        var shown = await browser.Open(page.Url + "/", dark, phone);
        await Says(shown, "#steps", "step 60 of 1,000");
        await Says(shown, "#link", "live");
        Assert.Equal(6, await shown.Locator("canvas").CountAsync());
        Assert.Equal(
            ["backbone", "head-0", "head-1", "head-2"],
            (await shown.Locator(".owner").EvaluateAllAsync<string[]>("nodes => nodes.map(node => node.dataset.owner)")).Order(
                StringComparer.Ordinal
            )
        );
        Assert.Equal(
            dark ? "rgb(11, 15, 22)" : "rgb(246, 247, 249)",
            await shown.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")
        );
        Assert.Empty(await shown.EvaluateAsync<string[]>(Faults));
        await shown.Locator("#theme").ClickAsync();
        Assert.Equal(dark ? "light" : "dark", await shown.Locator("html").GetAttributeAsync("data-theme"));
        Assert.Empty(await shown.EvaluateAsync<string[]>(Faults));
        await shown.ReloadAsync();
        Assert.Equal(dark ? "light" : "dark", await shown.Locator("html").GetAttributeAsync("data-theme"));
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task It_is_worked_by_keyboard_and_told_to_screen_readers()
    {
        await using var page = await TestPage.Start();
        Fill(page.Feed, 30);
        await using var browser = await Browser.Start();
        var shown = await browser.Open(page.Url + "/#r");
        await Says(shown, "#steps", "step 30 of 1,000");
        var head = shown.Locator("#c-loss .legend button").First;
        await head.FocusAsync();
        await shown.Keyboard.PressAsync("Enter");
        Assert.Equal("false", await head.GetAttributeAsync("aria-pressed"));
        Assert.Contains("head 1", await shown.Locator("#c-loss .plot").GetAttributeAsync("aria-label"), StringComparison.Ordinal);
        Assert.Equal("3", await shown.Locator("#progress").GetAttributeAsync("aria-valuenow"));
        Assert.Contains("head-1 lives on b, cpu", await shown.Locator("#ensemble ul").InnerTextAsync(), StringComparison.Ordinal);
        Assert.False(await shown.Locator("#stop").IsVisibleAsync());
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task With_the_token_a_run_is_stopped_and_resumed()
    {
        await using var page = await TestPage.Start(TestPage.Token);
        Fill(page.Feed, 30);
        await using var browser = await Browser.Start();
        var shown = await browser.Open($"{page.Url}/?token={TestPage.Token}");
        Assert.Equal(page.Url + "/", shown.Url.Split('#')[0]);
        await Says(shown, "#phase", "running");
        shown.Dialog += (_, dialog) => dialog.AcceptAsync();
        await shown.Locator("#stop").ClickAsync();
        page.Feed.Add(new FeedBatch(0, RunPhase.Stopped, []));
        await Says(shown, "#phase", "stopped");
        await shown.Locator("#resume").ClickAsync();
        await Says(shown, "#say", "resume was asked for");
        Assert.Equal(["stop r", "resume r"], page.Feed.Asked);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_head_that_moves_a_silo_that_goes_and_steps_that_are_taken_back_are_seen()
    {
        await using var page = await TestPage.Start();
        Fill(page.Feed, 40);
        await using var browser = await Browser.Start();
        var shown = await browser.Open(page.Url + "/");
        await Says(shown, "#steps", "step 40 of 1,000");
        Assert.Equal("b", await shown.Locator("[data-owner=head-1]").GetAttributeAsync("data-member"));
        page.Feed.Now = page.Feed.Now with { Members = [FakeFeed.Member("a")] };
        await Assertions.Expect(shown.Locator("[data-owner=head-1]")).ToHaveClassAsync("owner lost");
        page.Feed.Add(new FeedBatch(0, RunPhase.Running, [FakeFeed.Step(31, generation: 2)]) { Layout = Layout("a") });
        await Assertions.Expect(shown.Locator("[data-owner=head-1]")).ToHaveAttributeAsync("data-member", "a");
        await Says(shown, "#steps", "step 31 of 1,000");
        await Says(shown, "#events", "silo b is no longer heard of");
        await Says(shown, "#events", "head-1 moved from b/cpu to a/cpu");
        await Says(shown, "#events", "generation 2 goes on from step 30");
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Many_updates_let_neither_memory_nor_document_grow()
    {
        await using var page = await TestPage.Start();
        Fill(page.Feed, 1, total: 200_000);
        await using var browser = await Browser.Start();
        var shown = await browser.Open(page.Url + "/");
        var devtools = await shown.Context.NewCDPSessionAsync(shown);
        await devtools.SendAsync("Performance.enable");

        // Ten minutes are 2,400 messages; they come as fast as the page is willing to take them.
        var step = 1;
        async Task<(double Heap, double Nodes, double Listeners)> After(int messages)
        {
            for (var message = 0; message < messages; message++)
            {
                page.Feed.Add([
                    .. Enumerable.Range(0, 20).Select(_ => FakeFeed.Step(++step, loss: 100.0 / step, total: 200_000)),
                    new CheckpointCommitted(step),
                    new RunNotice($"notice {step}"),
                    new RunMeasured(step, "validation", 0.5, 1, [0.5, 0.5, 0.5], 0.1),
                    Topology(step),
                ]);
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }

            await Says(shown, "#steps", FormattableString.Invariant($"step {step:N0} of 200,000"));
            await devtools.SendAsync("HeapProfiler.collectGarbage");
            var metrics = (await devtools.SendAsync("Performance.getMetrics"))!
                .Value.GetProperty("metrics")
                .EnumerateArray()
                .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
            return (metrics["JSHeapUsedSize"], metrics["Nodes"], metrics["JSEventListeners"]);
        }

        var before = await After(900);
        var after = await After(1500);
        TestContext.Current.TestOutputHelper?.WriteLine($"{before} to {after}");
        Assert.InRange(after.Heap - before.Heap, -1e9, 1.5e6);
        Assert.InRange(after.Nodes - before.Nodes, -1e9, 100);
        Assert.InRange(after.Listeners - before.Listeners, -1e9, 20);
        Assert.Empty(browser.Errors);
    }

    internal static Task Says(IPage page, string selector, string text) =>
        Assertions.Expect(page.Locator(selector)).ToContainTextAsync(text, new() { Timeout = 30_000 });

    private static OwnerLocation[] Layout(string head1) =>
        [
            new("backbone", "a", "Sa", "cpu"),
            new("head-0", "a", "Sa", "cpu"),
            new("head-1", head1, $"S{head1}", "cpu"),
            new("head-2", "a", "Sa", "cpu"),
        ];

    private static TopologyChanged Topology(long step) =>
        new(
            step,
            [
                new("backbone", "block0.weight", 1000, 200, 20, 20, 50),
                .. Enumerable.Range(0, 3).Select(head => new LayerMask($"head-{head}", "block1.weight", 5000, 1000, 90, 90, 30)),
            ],
            [new("block1.weight", 0.25, 0.2)]
        );

    private static void Fill(FakeFeed feed, int steps, long total = 1000)
    {
        feed.Now = feed.Now with { Members = [FakeFeed.Member("a"), FakeFeed.Member("b")] };
        feed.Add(
            new FeedBatch(
                0,
                RunPhase.Running,
                [
                    FakeFeed.Started,
                    .. Enumerable.Range(1, steps).Select(step => FakeFeed.Step(step, total: total)),
                    new RunMeasured(steps, "validation", 0.5, 1, [0.4, 0.5, 0.6], 0.1),
                    Topology(steps),
                ]
            )
            {
                Layout = Layout("b"),
            }
        );
    }
}
