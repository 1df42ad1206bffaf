using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Silo.Cluster;

namespace NeuroTrails.Tests.Cluster;

/// <summary>Silos of one cluster, each with hosts and ports of its own, that talk to one another over loopback.</summary>
internal sealed class TestCluster(string runsFolder, RedisServer? redis = null, Action<IHostApplicationBuilder>? configure = null)
    : IAsyncDisposable
{
    private readonly Dictionary<string, SiloHost> _silos = new(StringComparer.Ordinal);

    public static ClusterEngine Engine { get; } = new(TimeProvider.System);

    public string ClusterId { get; } = $"test-{Guid.NewGuid():N}";

    /// <summary>Certificate of each silo; none where the cluster talks in the clear.</summary>
    public Func<string, TlsFiles>? Tls { get; init; }

    /// <summary>Live page of each silo; none unless a test asks for one.</summary>
    public Func<string, PageRequest?>? Web { get; init; }

    /// <summary>Certificate of the client.</summary>
    public TlsFiles? ClientTls { get; init; }

    public ClusterAddress Address => new(redis is null ? _silos.First().Value.Gateway!.ToString() : null, ClusterId, ClientTls, redis);

    /// <summary>What a silo has to ask for that would join this cluster.</summary>
    public SiloRequest Request(string name) =>
        new()
        {
            Name = name,
            ClusterId = ClusterId,
            Devices = ["cpu"],
            Redis = redis,
            Primary = redis is null && _silos.Count > 0 ? _silos.First().Value.Silo.ToString() : null,
            Web = Web?.Invoke(name),
            Tls = Tls?.Invoke(name),
            RunsFolder = runsFolder,
        };

    /// <summary>What a silo of this cluster is made of.</summary>
    public T Service<T>(string name)
        where T : notnull => _silos[name].Services.GetRequiredService<T>();

    /// <summary>The same by a silo's port, which answers while Redis does not.</summary>
    public ClusterAddress Gateway => new(_silos.First().Value.Gateway!.ToString(), ClusterId);

    public async Task StartAsync(params string[] names)
    {
        foreach (var name in names)
        {
            _silos[name] = await Start(name);
        }

        while ((await Engine.OverviewAsync(Address, TestContext.Current.CancellationToken)).Members.Length < _silos.Count)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    // A port that was free when it was chosen may be another's when it is listened on: of all that runs on the machine beside a test.
    private async Task<SiloHost> Start(string name)
    {
        for (var tries = 1; ; tries++)
        {
            var silo = SiloHost.Build(Request(name), TimeProvider.System, configure);
            try
            {
                await silo.StartHostAsync(TestContext.Current.CancellationToken);
                return silo;
            }
            catch (AddressInUseException) when (tries < 3)
            {
                silo.Drop();
            }
        }
    }

    /// <summary>A silo leaves, handing over what it has, or else at once.</summary>
    public async Task StopAsync(string name, bool handOver = true)
    {
        _silos.Remove(name, out var silo);
        await silo!.LeaveAsync(handOver ? TestContext.Current.CancellationToken : new(canceled: true));
        silo.Drop();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos.Values.Reverse())
        {
            await silo.DisposeAsync();
        }
    }
}
