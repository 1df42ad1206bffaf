using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace NeuroTrails.Silo.Web;

internal sealed class WebApi(IRunFeed feed, RunHub hub, WebStream stream)
{
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/", context => WebPages.Serve(context, "index.html"));
        app.MapGet("/assets/{**name}", (HttpContext context, string name) => WebPages.Serve(context, name));
        app.MapGet("/favicon.ico", context => WebPages.Serve(context, "icon.svg"));
        app.MapGet("/api/overview", Overview);
        app.MapGet("/api/runs/{run}", Run);
        app.MapGet("/api/events", stream.Send);
        app.MapPost("/api/runs/{run}/stop", (string run) => Change(() => feed.Stop(run)));
        app.MapPost("/api/runs/{run}/resume", (string run) => Change(() => feed.Resume(run)));
    }

    private async Task<IResult> Overview(HttpResponse response, CancellationToken stop)
    {
        response.Headers.CacheControl = "no-store";
        return Results.Json(await hub.Overview(stop), WebJson.Default.WebOverview);
    }

    private async Task<IResult> Run(HttpContext context, string run)
    {
        context.Response.Headers.CacheControl = "no-store";
        return await hub.Channel(run, context.RequestAborted) is { } channel
            ? Results.Text(channel.Read(null).Messages[0], "application/json")
            : Results.Text($"There is no run '{run}' here.\n", statusCode: StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> Change(Func<Task<string?>> change)
    {
        try
        {
            return await change() is { } refusal
                ? Results.Text(refusal + "\n", statusCode: StatusCodes.Status409Conflict)
                : Results.NoContent();
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            return Results.Text("The cluster does not answer; try again.\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
