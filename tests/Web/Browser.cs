using Microsoft.Playwright;

namespace NeuroTrails.Tests.Web;

/// <summary>A real browser: the system's Chromium, driven by Playwright, which downloads none of its own.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    // Without a sandbox, because tests may run as root; nothing that calls home.
    private static readonly string[] Arguments =
    [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Errors of all pages: what they threw, what they wrote to the console as an error, what they could not load.</summary>
    public List<string> Errors { get; } = [];

    public static async Task<Browser> Start()
    {
        Assert.SkipUnless(File.Exists(Chromium), $"{Chromium} is missing. Install it by: apt-get install chromium");
        var playwright = await Playwright.CreateAsync();
        return new(
            playwright,
            await playwright.Chromium.LaunchAsync(
                new()
                {
                    ExecutablePath = Chromium,
                    Args = Arguments,
                    Headless = true,
                }
            )
        );
    }

    /// <summary>Opens a page.</summary>
    public async Task<IPage> Open(string url, bool dark = false, bool phone = false)
    {
        var context = await _browser.NewContextAsync(
            new()
            {
                ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1440, Height = 1000 },
                DeviceScaleFactor = phone ? 2 : 1,
                IsMobile = phone,
                HasTouch = phone,
                ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            }
        );
        var page = await context.NewPageAsync();
        page.PageError += (_, fault) => Add($"thrown: {fault}");
        page.Console += (_, message) => Add(message.Type is "error" or "warning" ? $"{message.Type}: {message.Text}" : null);
        page.Response += (_, answer) => Add(answer.Status >= 400 ? $"{answer.Status}: {answer.Url}" : null);
        await page.GotoAsync(url);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private void Add(string? fault)
    {
        lock (Errors)
        {
            Errors.AddRange(fault is null ? [] : [fault]);
        }
    }
}
