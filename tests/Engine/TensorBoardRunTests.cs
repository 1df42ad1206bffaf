using System.Text.Json.Nodes;
using NeuroTrails.Configuration;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Engine;

/// <summary>A run that writes for TensorBoard: the figures of its own books, each step once.</summary>
public sealed class TensorBoardRunTests : IDisposable
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    private readonly TemporaryFolder _folder = new();

    private static RunOptions Options =>
        new()
        {
            Device = "cpu",
            Data = new() { Limit = 128, Validation = 0.25 },
            Model = new() { Name = "mlp", Hidden = [16] },
            Ensemble = new() { Heads = 2, BlocksInHead = 1 },
            Topology = new() { Density = 0.5, Every = 4 },
            Training = new() { Steps = 12, Batch = 32 },
            Checkpoint = new() { EverySteps = 4, Keep = 3 },
            Telemetry = new() { Tensorboard = true },
        };

    private string Run => _folder.File("run");

    private string Board => Path.Combine(Run, "tensorboard");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Event_files_hold_what_the_books_hold()
    {
        await Train(Options, ResumeMode.Never);
        Matches(EventFile.ReadFolder(Board));
        Assert.Single(Directory.GetFiles(Board));
    }

    [Fact]
    public async Task A_run_that_goes_back_writes_no_step_twice()
    {
        await Train(Options, ResumeMode.Never);
        Directory.Delete(Path.Combine(Run, "checkpoints", "step-00000012"), recursive: true);
        var last = Directory.GetDirectories(Path.Combine(Run, "checkpoints"), "step-*").Max(path => int.Parse(path[^8..]));
        await Train(Options, ResumeMode.Always);
        var events = EventFile.ReadFolder(Board);
        Matches(events);
        Assert.Equal(2, Directory.GetFiles(Board).Length);
        // TensorBoard, which may have read the steps that went, is told to forget them.
        Assert.InRange(last, 1, 11);
        Assert.Equal([1, last + 1], events.Where(item => item.Session == 1).Select(item => item.Step));
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_written_and_with_it_the_bits_are_the_same()
    {
        await Train(Options, ResumeMode.Never);
        var weights = await File.ReadAllBytesAsync(Path.Combine(Run, "checkpoints", "step-00000012", "head-1.safetensors"), Stop);
        var other = _folder.File("other");
        await new RunEngine(TimeProvider.System).TrainAsync(
            new(Options with { Telemetry = new() }, other, ResumeMode.Never),
            new Notes(),
            Stop
        );
        Assert.False(Directory.Exists(Path.Combine(other, "tensorboard")));
        Assert.Equal(
            weights,
            await File.ReadAllBytesAsync(Path.Combine(other, "checkpoints", "step-00000012", "head-1.safetensors"), Stop)
        );
    }

    // Every line of metrics.jsonl has its event, and there are no others.
    private void Matches(List<EventRecord> events)
    {
        var figures = events.Where(item => item.Version is null && item.Session is null).ToList();
        var lines = File.ReadAllLines(Path.Combine(Run, "metrics.jsonl")).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(lines.Select(line => line["step"]!.GetValue<long>()), figures.Select(item => item.Step));
        foreach (var (line, item) in lines.Zip(figures))
        {
            if (line["split"]?.GetValue<string>() is { } split)
            {
                foreach (var name in new[] { "accuracy", "nll", "ece", "brier", "disagreement" })
                {
                    Assert.Equal(line[name]!.GetValue<double>(), item.Scalars[$"{split}/{name}"], 1e-6);
                }

                Assert.Equal(line["split_head_accuracy"]![1]!.GetValue<double>(), item.Scalars[$"{split}/head_1/accuracy"], 1e-6);
                Assert.True(item.Scalars.ContainsKey($"{split}/head_0/nll"));
                continue;
            }

            var losses = line["head_loss"]!.AsArray().Select(loss => loss!.GetValue<double>()).ToList();
            Assert.Equal(losses.Average(), item.Scalars["train/loss"], 1e-6);
            Assert.Equal(losses[1], item.Scalars["train/head_1/loss"], 1e-6);
            Assert.Equal(line["head_accuracy"]![0]!.GetValue<double>(), item.Scalars["train/head_0/accuracy"], 1e-6);
            Assert.Equal(line["learning_rate"]!.GetValue<double>(), item.Scalars["learning_rate"], 1e-6);
            Assert.Equal(
                line["dropped"]?.GetValue<double>(),
                item.Scalars.TryGetValue("topology/dropped", out var dropped) ? dropped : null
            );
        }

        Assert.Contains(figures, item => item.Scalars.ContainsKey("validation/nll"));
        Assert.Contains(figures, item => item.Scalars.ContainsKey("test/nll"));
    }

    private Task<TrainResult> Train(RunOptions options, ResumeMode mode) =>
        new RunEngine(TimeProvider.System).TrainAsync(new(options, Run, mode), new Notes(), Stop);
}
