using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NeuroTrails.Contracts;

namespace NeuroTrails.Silo.Web;

/// <summary>What all browsers share: the overview, asked for once a second at most, and a channel
/// for each run that somebody looks at.</summary>
internal sealed class RunHub : IAsyncDisposable
{
    // As many as a person may have open; each follows a run.
    private const int MostChannels = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, RunChannel> _channels = new(StringComparer.Ordinal);
    private readonly Lock _opening = new();
    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private readonly IRunFeed _feed;
    private readonly bool _allowsChanges;
    private readonly bool _hasDashboard;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _watching;
    private (WebOverview Told, IReadOnlyList<SiloMember> Members, long At)? _last;

    public RunHub(IRunFeed feed, bool allowsChanges, bool hasDashboard, TimeProvider time, ILogger logger)
    {
        (_feed, _allowsChanges, _hasDashboard, _time, _logger) = (feed, allowsChanges, hasDashboard, time, logger);
        _watching = Task.Run(Watch);
    }

    public async Task<RunChannel?> Channel(string run, CancellationToken stop)
    {
        if (!_channels.ContainsKey(run) && (await Overview(stop)).Runs.All(known => known.Id != run))
        {
            return null;
        }

        var channel = Open(run);
        channel.LastLookedAt = _time.GetTimestamp();
        await channel.Ready.WaitAsync(Patience, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return channel;
    }

    public async Task<WebOverview> Overview(CancellationToken stop)
    {
        await _asking.WaitAsync(stop);
        try
        {
            if (_last is { } last && _time.GetElapsedTime(last.At) < Fresh)
            {
                return last.Told;
            }

            try
            {
                return await Ask(stop);
            }
            catch (Exception fault) when (fault is TimeoutException or OrleansException)
            {
                // What was known stands until the cluster answers again.
                WebLog.OverviewFailed(_logger, fault);
                return _last?.Told ?? new(string.Empty, _allowsChanges, _hasDashboard, [], []);
            }
        }
        finally
        {
            _asking.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var channel in _channels.Values)
        {
            await channel.DisposeAsync();
        }

        _asking.Dispose();
        _end.Dispose();
    }

    // A channel follows its run from the moment it exists, so GetOrAdd, which may make a second one and drop it, will not do.
    private RunChannel Open(string run)
    {
        lock (_opening)
        {
            return _channels.GetOrAdd(run, name => new(name, _feed, _time, _logger));
        }
    }

    private async Task<WebOverview> Ask(CancellationToken stop)
    {
        var overview = await _feed.Overview(stop);
        var now = _time.GetTimestamp();
        var before = _last?.Members.ToDictionary(member => member.Silo, StringComparer.Ordinal) ?? [];
        var seconds = _last is { } last ? _time.GetElapsedTime(last.At, now).TotalSeconds : 0;
        var told = new WebOverview(
            overview.Title,
            _allowsChanges,
            _hasDashboard,
            [.. overview.Members.Select(member => Describe(member, before.GetValueOrDefault(member.Silo), seconds))],
            [.. overview.Runs.Select(run => new WebRun(run.Id, run.Phase.ToString().ToLowerInvariant(), run.Updated))]
        );
        if (_last is not null)
        {
            TellWhoCameAndWent(overview.Members, [.. before.Values]);
        }

        _last = (told, overview.Members, now);
        return told;
    }

    private void TellWhoCameAndWent(IReadOnlyList<SiloMember> members, IReadOnlyList<SiloMember> before)
    {
        foreach (var channel in _channels.Values)
        {
            foreach (var gone in before.ExceptBy(members.Select(member => member.Silo), member => member.Silo))
            {
                channel.Happened("left", $"silo {gone.Name} is no longer heard of");
            }

            foreach (var come in members.ExceptBy(before.Select(member => member.Silo), member => member.Silo))
            {
                channel.Happened("joined", $"silo {come.Name} has joined");
            }
        }
    }

    private static WebMember Describe(SiloMember member, SiloMember? before, double seconds) =>
        new(
            member.Name,
            member.Devices,
            member.Cores,
            member.FreeMemoryMib,
            member.ResidentMib,
            before?.SentBytes is { } old && member.SentBytes is { } sent && seconds > 0 ? Math.Max(0, sent - old) / seconds : null,
            member.SentBytes,
            member.Owners,
            member.Draining
        );

    // Who comes and goes is told of by the time when it happened, also where nobody asks just then.
    private async Task Watch()
    {
        while (!_end.IsCancellationRequested)
        {
            await Task.Delay(Fresh, _time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (!_channels.IsEmpty)
                {
                    await Overview(_end.Token);
                    await Tidy();
                }
            }
            catch (Exception fault) when (!_end.IsCancellationRequested)
            {
                WebLog.OverviewFailed(_logger, fault);
            }
        }
    }

    private async Task Tidy()
    {
        var idle = _channels.OrderBy(pair => pair.Value.LastLookedAt).ToList();
        foreach (
            var (name, channel) in idle.Where(
                (pair, at) => _time.GetElapsedTime(pair.Value.LastLookedAt) > Forgotten || at < idle.Count - MostChannels
            )
        )
        {
            if (_channels.TryRemove(new(name, channel)))
            {
                await channel.DisposeAsync();
            }
        }
    }
}
