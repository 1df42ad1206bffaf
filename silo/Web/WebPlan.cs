using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Web;

/// <summary>What a <see cref="WebServer"/> shall answer.</summary>
internal sealed record WebPlan
{
    // Where the page is; null where only the health endpoints are asked for.
    public PageRequest? Web { get; init; }

    // Where the health endpoints answer alone; null for nowhere.
    public IPEndPoint? Health { get; init; }

    public Func<bool> IsReady { get; init; } = () => true;

    public IRunFeed? Feed { get; init; }

    public Action<IServiceCollection>? Services { get; init; }

    public Action<WebApplication>? More { get; init; }
}
