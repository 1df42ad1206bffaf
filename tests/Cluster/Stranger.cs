using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NeuroTrails.Running;
using NeuroTrails.Silo;

namespace NeuroTrails.Tests.Cluster;

/// <summary>A silo that tries to join a cluster that should not let it in.</summary>
internal sealed class Stranger : IDisposable
{
    private readonly ConcurrentQueue<string> _heard = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SiloHost _host;
    private readonly Task _starting;

    public Stranger(SiloRequest request)
    {
        _host = SiloHost.Build(
            request,
            TimeProvider.System,
            builder => builder.Logging.AddProvider(new FakeLog((_, _, text, fault) => _heard.Enqueue($"{text} {fault}")))
        );
        _starting = _host.StartHostAsync(_stop.Token);
    }

    public IPEndPoint Gateway => _host.Gateway!;

    /// <summary>Whether it is a member, as it believes itself.</summary>
    public bool IsIn => _starting.IsCompletedSuccessfully;

    public T Service<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Waits until it has been told so, or something else happens that was to be seen.</summary>
    public async Task Sees(Func<IEnumerable<string>, bool> sign)
    {
        while (!sign(_heard))
        {
            Assert.False(IsIn, "it was let in");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _stop.Cancel();

        // Its attempts to join end by themselves; nobody waits for that.
        _ = EndAsync();
    }

    private async Task EndAsync()
    {
        await _starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (IsIn)
        {
            await _host.LeaveAsync(CancellationToken.None);
        }
        else
        {
            // Orleans leaves running what it had started before the failure, and that would take a core for the rest of the process.
            var ending = _host.Services.GetRequiredService<ISiloLifecycleSubject>().OnStop(new(canceled: true));
            await ending.WaitAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _host.Drop();
    }
}
