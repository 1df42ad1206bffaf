using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>The one silo of this process.</summary>
internal sealed partial class Silo : ILocalSiloDetails, IDisposable
{
    private readonly ClusterOptions _cluster;
    private int _phase; // 0: not started, 1: running, 2: stopping, 3: stopped

    public Silo(
        IServiceProvider services,
        ILoggerFactory loggers,
        TimeProvider time,
        IOptions<ClusterOptions> cluster,
        IOptions<SiloOptions> silo,
        IOptions<SiloMessagingOptions> messaging,
        IOptions<GrainCollectionOptions> collection,
        GrainManifest manifest)
    {
        Services = services;
        Logger = loggers.CreateLogger("Orleans.Silo");
        Time = time;
        Messaging = messaging.Value;
        Collection = collection.Value;
        Manifest = manifest;
        _cluster = cluster.Value;
        Name = silo.Value.SiloName ?? "Silo_embedded";
        IncomingFilters = [.. services.GetServices<IIncomingGrainCallFilter>()];
        References = new ReferenceRuntime(this, services.GetServices<IOutgoingGrainCallFilter>());
        Calls = new OutstandingCalls(time);
        Observers = new ObserverTable(this);
        Catalog = new Catalog(this);
    }

    public IServiceProvider Services { get; }

    public ILogger Logger { get; }

    public TimeProvider Time { get; }

    public SiloMessagingOptions Messaging { get; }

    public GrainCollectionOptions Collection { get; }

    public GrainManifest Manifest { get; }

    public IIncomingGrainCallFilter[] IncomingFilters { get; }

    public ReferenceRuntime References { get; }

    public OutstandingCalls Calls { get; }

    public ObserverTable Observers { get; }

    public Catalog Catalog { get; }

    public SiloAddress Address { get; } = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 0), Environment.ProcessId);

    public string Name { get; }

    public string ClusterId => _cluster.ClusterId;

    public string DnsHostName => "localhost";

    public SiloAddress SiloAddress => Address;

    public SiloAddress GatewayAddress => Address;

    /// <summary>Whether new activations may begin.</summary>
    public bool AcceptsActivations => _phase == 1;

    public void Start() => _phase = 1;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_phase != 1)
        {
            return;
        }

        _phase = 2;
        await Catalog.DeactivateAllAsync(cancellationToken);
        _phase = 3;
        Calls.RejectAll(Unavailable);
    }

    public void Deliver(GrainId target, GrainCall call)
    {
        if (_phase is 0 or 3)
        {
            call.Reject(Unavailable(call));
        }
        else if (ObserverTable.IsObserver(target))
        {
            Observers.Deliver(target, call);
        }
        else
        {
            Catalog.Deliver(target, call);
        }
    }

    public Exception Unavailable(Work work)
        => new SiloUnavailableException(
            _phase == 0
                ? $"The local Orleans host has not started yet and cannot process the request: {work}."
                : $"The local Orleans host is shutting down and can no longer process the request: {work}.");

    public void LogOneWayFailed(GrainCall call, Exception exception) => LogOneWayFailed(Logger, call, exception);

    public void Dispose()
    {
        Catalog.Dispose();
        Calls.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "One-way call failed: {Call}")]
    private static partial void LogOneWayFailed(ILogger logger, GrainCall call, Exception exception);
}
