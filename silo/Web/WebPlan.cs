using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Web;

/// <summary>What a <see cref="WebServer"/> shall answer.</summary>
internal sealed record WebPlan
{
    /// <summary>Where the page is; null where only the health endpoints are asked for.</summary>
    public PageRequest? Web { get; init; }

    /// <summary>Where the health endpoints answer alone; null for nowhere.</summary>
    public IPEndPoint? Health { get; init; }

    /// <summary>Whether the cluster hears of this process.</summary>
    public Func<bool> IsReady { get; init; } = () => true;

    /// <summary>Where the page's data come from.</summary>
    public IRunFeed? Feed { get; init; }

    /// <summary>Services that <see cref="More"/> needs.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Further endpoints behind the same gate.</summary>
    public Action<WebApplication>? More { get; init; }
}
