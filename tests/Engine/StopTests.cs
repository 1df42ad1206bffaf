using System.Text.Json.Nodes;
using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Engine;

/// <summary>Whoever asks for an end gets one, whatever is going on; and a run loses nothing by it.</summary>
public sealed class StopTests : IDisposable
{
    private const int Steps = 15;

    // Far more than it takes, far less than what it interrupts.
    private static readonly TimeSpan Ample = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Slow = TimeSpan.FromMinutes(10);

    private static readonly RunOptions Options = new()
    {
        Device = "cpu",
        Model = new() { Name = "mlp", Hidden = [12, 8] },
        Ensemble = new() { Heads = 2, BlocksInHead = 1 },
        Training = new() { Steps = Steps, Batch = 8 },
        Evaluation = new() { Batch = 4 },
        Execution = new()
        {
            BackboneThreads = 1,
            HeadThreads = 1,
            ParallelHeads = 2,
        },
    };

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task While_data_are_read()
    {
        using var data = new SplitData { Opening = _stop.Cancel };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Train("run", data).WaitAsync(Ample, TestContext.Current.CancellationToken)
        );
        Assert.False(Directory.Exists(_folder.File("run")));
    }

    [Fact]
    public async Task While_data_are_read_for_a_measurement()
    {
        using var plain = new SplitData();
        await Train("run", plain);
        using var data = new SplitData { Opening = _stop.Cancel };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Evaluate("run", data, new Progress<RunUpdate>()).WaitAsync(Ample, TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData("validation", 5)]
    [InlineData("validation", Steps)]
    [InlineData("test", Steps)]
    public async Task While_a_run_measures_and_the_measurement_is_made_up_for(string split, int step)
    {
        using var plain = new SplitData();
        await Train("undisturbed", plain);
        using var slow = new SplitData
        {
            SlowSplit = split,
            SlowFrom = split == "test" ? 1 : step / 5,
            Asked = _stop.Cancel,
        };
        var stopped = await Train("run", slow).WaitAsync(Ample, TestContext.Current.CancellationToken);
        Assert.Equal((TrainOutcome.Interrupted, step), (stopped.Outcome, (int)stopped.Step));
        Assert.False(File.Exists(_folder.File("run/summary.json")));

        var finished = await Train("run", plain, ResumeMode.Always);
        Assert.Equal((TrainOutcome.Finished, Steps), (finished.Outcome, (int)finished.Step));
        Assert.Equal(Measured("undisturbed"), Measured("run"));
        Assert.Equal(
            new CheckpointStore(_folder.File("undisturbed"), TimeProvider.System).Best,
            new CheckpointStore(_folder.File("run"), TimeProvider.System).Best
        );
        Cluster.SmallRun.Same(_folder.File("undisturbed"), _folder.File("run"));
    }

    [Fact]
    public async Task While_a_checkpoint_is_measured_which_says_how_far_it_is()
    {
        using var plain = new SplitData();
        await Train("run", plain);
        var told = new List<MeasureProgress>();
        var listener = new Listener(update =>
        {
            if (update is MeasureProgress progress)
            {
                told.Add(progress);
                _stop.Cancel();
            }
        });
        using var slow = new SplitData { SlowSplit = "test", SlowFrom = 1 };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Evaluate("run", slow, listener).WaitAsync(Ample, TestContext.Current.CancellationToken)
        );
        var first = told[0];
        Assert.Equal(("test", 40L), (first.Split, first.Total));
        Assert.InRange(first.Done, 4, 36);
        Assert.True(first.Remaining > TimeSpan.Zero);
    }

    private List<string> Measured(string run) =>
        [
            .. File.ReadLines(_folder.File(run + "/metrics.jsonl"))
                .Where(line => JsonNode.Parse(line)!["split"] is not null)
                .Order(StringComparer.Ordinal),
        ];

    private Task<TrainResult> Train(string run, SplitData data, ResumeMode resume = ResumeMode.Never) =>
        new RunEngine(TimeProvider.System, data).TrainAsync(
            new(Options, _folder.File(run), resume),
            new Progress<RunUpdate>(),
            data.Opening is null && data.SlowSplit is null ? TestContext.Current.CancellationToken : _stop.Token
        );

    private Task<EvaluationResult> Evaluate(string run, SplitData data, IProgress<RunUpdate> updates) =>
        new RunEngine(TimeProvider.System, data).EvaluateAsync(new(_folder.File(run), CheckpointChoice.Last, "test"), updates, _stop.Token);

    /// <summary>Five steps an epoch, and all splits. Something may be slow: opening, or a split from its nth measurement on.</summary>
    private sealed class SplitData : IRunData, IRunDataSource, IDisposable
    {
        private const int Samples = 40;
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.3);
        private readonly NoiseData _noise = new(8, 8, 5);
        private readonly ManualResetEventSlim _never = new();
        private int _measurements;

        public Action? Opening { get; init; }

        public string? SlowSplit { get; init; }

        public int SlowFrom { get; init; }

        public Action? Asked { get; init; }

        public DataShape Shape => _noise.Shape with { TrainingSamples = Samples };

        public IRunData Open(RunOptions options, DataRecord? known = null)
        {
            if (Opening is { } opening)
            {
                opening();
                _never.Wait(Slow);
            }

            return this;
        }

        public HostBatch Training(long step, HostBatch? reuse = null) => _noise.Training(step, reuse);

        public int Count(string split) => Samples;

        public HostBatch Range(string split, int start, int count)
        {
            // The look at a whole split before training is no measurement.
            var slow = split == SlowSplit && count < Samples;
            _measurements += slow && start == 0 ? 1 : 0;
            if (slow && _measurements == SlowFrom)
            {
                Asked?.Invoke();
                _never.Wait(Pause);
            }

            return _noise.Range(split, start, count);
        }

        public HostBatch Normalise(float[] samples) => _noise.Normalise(samples);

        public void Dispose()
        {
            _never.Set();
            _never.Dispose();
        }
    }
}
