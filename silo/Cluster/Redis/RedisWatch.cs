using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuroTrails.Contracts;

namespace NeuroTrails.Silo.Cluster.Redis;

/// <summary>
/// Ends a silo that does not reach Redis while another silo does. It answers the others' probes, so nobody would declare it dead, and a run
/// whose coordinator lives here would wait at its next commit for as long as the way to Redis is
/// gone. Where no silo reaches Redis, all of them wait.
/// </summary>
internal sealed class RedisWatch(
    RedisConnection redis,
    ISiloStatusOracle members,
    ILocalSiloDetails self,
    IGrainFactory grains,
    FatalErrors fatal,
    TimeProvider time,
    ILogger<RedisWatch> logger
) : BackgroundService
{
    // A silo that has heard of Redis within this time reaches it.
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // A process that was paused has heard nothing for as long, which a single failed attempt does not prove to be the network's fault.
    private const int LeastFailures = 3;
    private long _answered = time.GetTimestamp();

    public TimeSpan Silence => time.GetElapsedTime(Interlocked.Read(ref _answered));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        for (var failures = 0; await timer.WaitForNextTickAsync(stoppingToken); )
        {
            failures = await Answers(stoppingToken) ? 0 : failures + 1;
            if (failures >= LeastFailures && Silence > Patience && await FirstThatReaches() is { } other)
            {
                fatal.Raise(
                    $"has had no answer from the Redis server at {redis.Address} for {Silence.TotalSeconds:0} s, while silo {other} has, "
                        + "and ends its process, so that its runs go on there; start it again"
                );
                return;
            }
        }
    }

    private async Task<bool> Answers(CancellationToken stop)
    {
        try
        {
            await (await redis.OpenAsync()).GetDatabase().PingAsync().WaitAsync(AnswerWithin, time, stop);
            Interlocked.Exchange(ref _answered, time.GetTimestamp());
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            ClusterLog.NoRedis(logger, fault.GetBaseException().Message);
            return false;
        }
    }

    private async Task<string?> FirstThatReaches()
    {
        var others = members.GetApproximateSiloStatuses(onlyActive: true).Keys.Where(silo => !silo.Equals(self.SiloAddress));
        await foreach (var asked in Task.WhenEach(others.Select(silo => grains.GetGrain<ISiloGrain>(silo.ToParsableString()).Describe())))
        {
            if (asked.IsCompletedSuccessfully && (await asked) is { RedisSilentSeconds: { } silent } other && silent < Fresh.TotalSeconds)
            {
                return other.Name;
            }

            _ = asked.Exception;
        }

        return null;
    }
}
