using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace NeuroTrails.Silo.Web;

/// <summary>One run for all browsers that look at it: one loop follows it, and the last news are
/// kept for those whose connection broke.</summary>
internal sealed class RunChannel : IAsyncDisposable
{
    private const int Kept = 400;
    private readonly Lock _gate = new();
    private readonly Queue<(long Sequence, string Text)> _ring = new();
    private readonly CancellationTokenSource _end = new();
    private readonly RunRecord _record;
    private readonly string _run;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _following;
    private long _sequence;

    public RunChannel(string run, IRunFeed feed, TimeProvider time, ILogger logger)
    {
        _run = run;
        _record = new(time);
        Id = Convert.ToHexString(Guid.NewGuid().ToByteArray().AsSpan(0, 4));
        LastLookedAt = time.GetTimestamp();
        _following = Task.Run(() => Follow(feed, time, logger));
    }

    // Tells this channel from earlier ones, whose numbers mean nothing here.
    public string Id { get; }

    public Task Ready => _ready.Task;

    public long LastLookedAt { get; set; }

    // What happened since a browser last looked: everything where that cannot be told from its number.
    public (IReadOnlyList<string> Messages, long Sequence) Read(long? seen)
    {
        lock (_gate)
        {
            return seen is { } number && number <= _sequence && number >= _sequence - _ring.Count
                ? ([.. _ring.Where(entry => entry.Sequence > number).Select(entry => entry.Text)], _sequence)
                : ([Text(reset: true, _record.Everything())], _sequence);
        }
    }

    public void Happened(string kind, string text)
    {
        lock (_gate)
        {
            Publish([_record.Happened(kind, text)]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task Follow(IRunFeed feed, TimeProvider time, ILogger logger)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await foreach (var batch in feed.Follow(_run, 0, _end.Token))
                {
                    lock (_gate)
                    {
                        Publish(_record.Apply(batch));
                        _record.IsLive |= batch.Sequence > 0 || batch.Updates.Count == 0;
                    }

                    if (_record.IsLive)
                    {
                        _ready.TrySetResult();
                    }
                }
            }
            catch (Exception fault) when (!_end.IsCancellationRequested)
            {
                WebLog.FollowingFailed(logger, fault, _run);
            }

            await Task.Delay(TimeSpan.FromSeconds(1), time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Publish(IReadOnlyList<WebFrame> news)
    {
        if (news.Count == 0)
        {
            return;
        }

        _ring.Enqueue((++_sequence, Text(reset: false, news)));
        while (_ring.Count > Kept)
        {
            _ring.Dequeue();
        }
    }

    private string Text(bool reset, IReadOnlyList<WebFrame> frames) =>
        JsonSerializer.Serialize(new(_run, reset, frames), WebJson.Default.WebMessage);
}
