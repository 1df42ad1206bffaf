using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NeuroTrails.Running;
using NeuroTrails.Silo.Cluster.Redis;
using NeuroTrails.Silo.Cluster.Tls;

namespace NeuroTrails.Silo.Cluster;

/// <summary>Starts a silo, and says what may be wrong where the others do not let it in: left to itself it would try for ever, or fail
/// without naming an option.</summary>
internal static class ClusterJoin
{
    // Ample, also where another silo has just died and is still counted among the living.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task JoinAsync(this IHost host, SiloRequest request, TimeProvider time, CancellationToken stop)
    {
        if (host.Services.GetService<RedisConnection>() is { } redis)
        {
            // Told now, in one sentence: inside Orleans' start it would be one of many faults.
            await redis.CheckClockAsync(time).WaitAsync(stop);
        }

        try
        {
            await host.StartAsync(stop).WaitAsync(Patience, time, stop);
            host.Services.GetRequiredService<FatalErrors>().Joined();
        }
        catch (Exception fault) when (fault.GetBaseException() is TimeoutException or OrleansException && !stop.IsCancellationRequested)
        {
            throw new UserErrorException(Explain(request, host.Services.GetService<PeerGate>()?.Refusal), fault);
        }
    }

    public static string Explain(SiloRequest request, string? refusal)
    {
        var others = request.Primary is { } primary
            ? $"--primary {primary} is where the first silo listens for silos"
            : "the other silos can be called at their --host and --silo-port";
        var tls = request.Tls is { } files
            ? $"that they use TLS and take certificates of {files.Authority}"
            : "that they use no TLS (else give --tls-certificate, --tls-key, --tls-ca)";
        return $"Silo {request.Name} could not join cluster '{request.ClusterId}'. Look that {others}, that --cluster-id is theirs, and "
            + $"{tls}."
            + $"{(refusal is null ? string.Empty : $" Refused here: {refusal}.")} silo-{request.Name}.log in the runs folder says more.";
    }
}
