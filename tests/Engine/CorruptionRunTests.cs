using System.Text.Json;
using NeuroTrails.Configuration;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Engine;

/// <summary>A split measured under all corruptions, broken off and gone on with.</summary>
public sealed class CorruptionRunTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_broken_off_goes_on_and_gives_the_same()
    {
        using var folder = new TemporaryFolder();
        var run = await SmallRun.Train(folder.File("run"));
        var log = Path.Combine(run, "corruptions.jsonl");
        var engine = new RunEngine(TimeProvider.System);
        var request = new EvaluationRequest(run, CheckpointChoice.Last, "test") { CorruptionSeed = 4 };
        var whole = (await engine.EvaluateAsync(request, new Notes(), Stop)).Corruptions!;
        Assert.Equal((75, 4L), (whole.Figures.Count, whole.Seed));
        Assert.Equal(75, whole.Figures.DistinctBy(item => (item.Corruption, item.Severity)).Count());
        Assert.Equal(whole.Figures.Average(item => item.Accuracy), whole.Accuracy, 12);
        Assert.Equal(1 - whole.Accuracy, whole.Mce, 12);

        // As a kill leaves it: some lines, and half of one.
        var lines = await File.ReadAllLinesAsync(log, Stop);
        Assert.Equal(75, lines.Length);
        await File.WriteAllTextAsync(log, string.Join('\n', lines[..31]) + "\n" + lines[31][..40], Stop);
        var notes = new Notes();
        var rest = (await engine.EvaluateAsync(request, notes, Stop)).Corruptions!;
        Assert.Contains("31 of 75 were measured before", Assert.Single(notes.Lines), StringComparison.Ordinal);
        Assert.Equal(whole.Figures, rest.Figures);
        Assert.Equal(lines, await File.ReadAllLinesAsync(log, Stop));

        // Figures are looked up, not measured: what stands in the file is believed.
        await File.WriteAllTextAsync(
            log,
            string.Join('\n', lines).Replace("\"accuracy\":", "\"accuracy\":0,\"was\":", StringComparison.Ordinal),
            Stop
        );
        Assert.Equal(0, (await engine.EvaluateAsync(request, new Notes(), Stop)).Corruptions!.Accuracy);

        // Other noise, other figures; the first ones stay beside them.
        await File.WriteAllLinesAsync(log, lines, Stop);
        var other = (await engine.EvaluateAsync(request with { CorruptionSeed = 5 }, new Notes(), Stop)).Corruptions!;
        Assert.NotEqual(whole.Figures, other.Figures);
        Assert.Equal(lines, (await File.ReadAllLinesAsync(log, Stop))[..75]);
        Assert.Equal(150, (await File.ReadAllLinesAsync(log, Stop)).Length);
    }

    [Fact]
    public async Task Batches_of_another_size_give_the_same_figures()
    {
        using var folder = new TemporaryFolder();
        var first = await Measure("whole", 256);
        var second = await Measure("parts", 7);
        foreach (var (one, other) in first.Figures.Zip(second.Figures))
        {
            Assert.Equal((one.Corruption, one.Severity, one.Accuracy), (other.Corruption, other.Severity, other.Accuracy));
            // Kernels of other sizes may add in another order.
            Assert.Equal(one.Nll, other.Nll, 1e-5);
        }

        async Task<CorruptionReport> Measure(string name, int batch)
        {
            var run = await SmallRun.Train(folder.File(name), batch: batch);
            var request = new EvaluationRequest(run, CheckpointChoice.Last, "validation") { CorruptionSeed = 0 };
            return (await new RunEngine(TimeProvider.System).EvaluateAsync(request, new Notes(), Stop)).Corruptions!;
        }
    }

    [Fact]
    public async Task Figures_stand_in_the_json()
    {
        using var folder = new TemporaryFolder();
        var run = await SmallRun.Train(folder.File("run"));
        var request = new EvaluationRequest(run, CheckpointChoice.Last, "validation") { CorruptionSeed = 0 };
        var result = await new RunEngine(TimeProvider.System).EvaluateAsync(request, new Notes(), Stop);
        var json = JsonSerializer.SerializeToNode(result, RunJson.Default.EvaluationResult)!["corruptions"]!;
        Assert.Equal(result.Corruptions!.Mce, json["mce"]!.GetValue<double>());
        Assert.Equal("gaussian_noise", json["figures"]![0]!["corruption"]!.GetValue<string>());
        Assert.Equal(result.Corruptions.Figures[74].Nll, json["figures"]![74]!["nll"]!.GetValue<double>());
    }

    [Fact]
    public async Task Vectors_and_floats_are_refused()
    {
        using var folder = new TemporaryFolder();
        var table = folder.File("train.csv");
        await File.WriteAllLinesAsync(table, ["a,b,label", .. Enumerable.Range(0, 90).Select(i => $"{i % 7},{i % 5}.5,{i % 3}")], Stop);
        var options = new RunOptions
        {
            Device = "cpu",
            Data = new()
            {
                Name = "csv",
                Path = folder.Path,
                Validation = 0.2,
            },
            Model = new() { Name = "mlp", Hidden = [8] },
            Ensemble = new() { Heads = 2, BlocksInHead = 1 },
            Topology = new() { Density = 0.5, Every = 5 },
            Training = new() { Steps = 5, Batch = 16 },
        };
        var engine = new RunEngine(TimeProvider.System);
        var run = folder.File("run");
        await engine.TrainAsync(new(options, run, ResumeMode.Never), new Notes(), Stop);
        var fault = await Assert.ThrowsAsync<UserErrorException>(() =>
            engine.EvaluateAsync(new(run, CheckpointChoice.Last, "validation") { CorruptionSeed = 0 }, new Notes(), Stop)
        );
        Assert.StartsWith("--corruptions: the validation split has no images of bytes", fault.Message, StringComparison.Ordinal);
    }
}
