using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace NeuroTrails.Silo.Web;

/// <summary>Server-sent events: the overview, and the news of the run that a browser looks at.</summary>
internal sealed class WebStream(RunHub hub, TimeProvider time, CancellationToken end)
{
    // A browser opens one a tab; who opens hundreds is no browser.
    private const int MostStreams = 64;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private int _streams;

    public async Task Send(HttpContext context)
    {
        if (Interlocked.Increment(ref _streams) > MostStreams)
        {
            Interlocked.Decrement(ref _streams);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "10";
            return;
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, end);
            await Send(context, either.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
        }
        finally
        {
            Interlocked.Decrement(ref _streams);
        }
    }

    private async Task Send(HttpContext context, CancellationToken stop)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        var run = context.Request.Query["run"].ToString();
        string? overview = null;
        var seen = context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last
            ? last
            : context.Request.Query["after"].ToString();
        await response.WriteAsync("retry: 1000\n\n", stop);
        for (var tick = 0; ; tick++)
        {
            if (
                tick % 4 == 0
                && JsonSerializer.Serialize(await hub.Overview(stop), WebJson.Default.WebOverview) is var now
                && now != overview
            )
            {
                overview = now;
                await response.WriteAsync($"event: overview\ndata: {now}\n\n", stop);
            }

            if (run.Length > 0 && await hub.Channel(run, stop) is { } channel)
            {
                var (messages, sequence) = channel.Read(Number(seen, channel.Id));
                foreach (var message in messages)
                {
                    await response.WriteAsync($"event: run\nid: {channel.Id}-{sequence}\ndata: {message}\n\n", stop);
                }

                seen = string.Create(CultureInfo.InvariantCulture, $"{channel.Id}-{sequence}");
            }

            if (tick % 60 == 59)
            {
                // So that whoever is gone is found out.
                await response.WriteAsync(": still here\n\n", stop);
            }

            await response.Body.FlushAsync(stop);
            await Task.Delay(Tick, time, stop);
        }
    }

    private static long? Number(string seen, string channel) =>
        seen.StartsWith(channel + "-", StringComparison.Ordinal)
        && long.TryParse(seen.AsSpan(channel.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
