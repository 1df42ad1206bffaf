using System.Runtime.CompilerServices;
using NeuroTrails.Contracts;
using NeuroTrails.Running;
using NeuroTrails.Silo.Web;

namespace NeuroTrails.Tests.Web;

/// <summary>A feed that a test fills by hand.</summary>
internal sealed class FakeFeed : IRunFeed
{
    private readonly List<FeedBatch> _batches = [];
    private readonly Lock _gate = new();
    private int _followers;

    public List<string> Asked { get; } = [];

    public string? Refusal { get; set; }

    public int Followers => _followers;

    public FeedOverview Now { get; set; } = new("test", [Member("a")], [new("r", RunPhase.Running, null)]);

    public static SiloMember Member(string name, long sent = 0) =>
        new(name, $"S{name}", ["cpu"], 2, 1000, ["r/backbone@cpu"], Draining: false, SentBytes: sent, ResidentMib: 500);

    public static StepProgress Step(long step, long generation = 1, double loss = 0.5, long total = 1000) =>
        new()
        {
            Step = step,
            TotalSteps = total,
            Epoch = step / 100.0,
            LossPerHead = [loss, loss + 0.1, loss + 0.2],
            Accuracy = 0.5,
            Density = 0.2,
            StepsPerSecond = 10,
            Remaining = TimeSpan.FromSeconds(60),
            TopologyUpdates = 0,
            Dropped = 0,
            Grown = 0,
            Generation = generation,
        };

    public static RunStarted Started { get; } = new(0, 1000, "mlp", "glyphs", 3, "cpu", 0.2, 200, 1000);

    public void Add(params RunUpdate[] updates) => Add(new FeedBatch(1, RunPhase.Running, updates));

    public void Add(FeedBatch batch)
    {
        lock (_gate)
        {
            _batches.Add(batch with { Sequence = _batches.Count + 1 });
        }
    }

    public Task<FeedOverview> Overview(CancellationToken stop) => Task.FromResult(Now);

    public async IAsyncEnumerable<FeedBatch> Follow(string run, long after, [EnumeratorCancellation] CancellationToken stop)
    {
        Interlocked.Increment(ref _followers);
        for (var at = 0; !stop.IsCancellationRequested; )
        {
            FeedBatch? next;
            lock (_gate)
            {
                next = at < _batches.Count ? _batches[at++] : null;
            }

            if (next is null)
            {
                await Task.Delay(20, stop);
                continue;
            }

            yield return next;
        }
    }

    public Task<string?> Stop(string run) => Answer($"stop {run}");

    public Task<string?> Resume(string run) => Answer($"resume {run}");

    private Task<string?> Answer(string asked)
    {
        Asked.Add(asked);
        return Task.FromResult(Refusal);
    }
}
