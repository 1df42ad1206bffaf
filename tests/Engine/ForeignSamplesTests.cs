using System.Text;
using System.Text.Json;
using NeuroTrails.Configuration;
using NeuroTrails.Metrics.OutOfDistribution;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Engine;

/// <summary>Foreign samples of a file are told from a run's split, by scores that anybody can count again from its predictions.</summary>
public sealed class ForeignSamplesTests
{
    private const int Foreign = 40;
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3, 3)]
    [InlineData(1, 2)]
    public async Task Each_criterion_is_measured_on_the_split_and_the_file(int heads, int criteria)
    {
        using var folder = new TemporaryFolder();
        var engine = new RunEngine(TimeProvider.System);
        var run = folder.File("run");
        var options = new RunOptions
        {
            Device = "cpu",
            Data = new() { Limit = 128 },
            Model = new() { Name = "mlp", Hidden = [32] },
            Ensemble = new() { Heads = heads, BlocksInHead = 1 },
            Topology = new() { Density = 0.5, Every = 10 },
            Training = new()
            {
                Steps = 30,
                Batch = 32,
                LearningRate = 0.05,
            },
        };
        await engine.TrainAsync(new(options, run, ResumeMode.Never), new Progress<RunUpdate>(), Stop);
        var (file, pixels) = (folder.File("noise.npy"), Noise());
        await File.WriteAllBytesAsync(file, [.. Header(), .. pixels], Stop);
        var result = await engine.EvaluateAsync(
            new(run, CheckpointChoice.Last, "validation", Foreign: file),
            new Progress<RunUpdate>(),
            Stop
        );
        Assert.Equal(criteria, result.OutOfDistribution!.Count);

        await using var predictor = await engine.OpenAsync(new(run, CheckpointChoice.Last), new Progress<RunUpdate>(), Stop);
        var others = await predictor.PredictAsync(pixels.Select(value => (float)value).ToArray(), Stop);
        var known = await predictor.PredictAsync(Validation(options), Stop);
        foreach (var report in result.OutOfDistribution)
        {
            Assert.Equal(((long)known.Count, (long)Foreign), (report.Known, report.Foreign));
            var pairs =
                from one in Scores(known, report.Criterion)
                from other in Scores(others, report.Criterion)
                select other > one ? 1.0
                : other == one ? 0.5
                : 0;
            Assert.Equal(pairs.Average(), report.Auroc, 1e-9);
        }

        var json = JsonDocument
            .Parse(JsonSerializer.Serialize(result, RunJson.Default.EvaluationResult))
            .RootElement.GetProperty("out_of_distribution");
        string[] expected = heads > 1 ? ["msp", "entropy", "mutual_information"] : ["msp", "entropy"];
        Assert.Equal(expected, json.EnumerateArray().Select(report => report.GetProperty("criterion").GetString()));
    }

    private static IEnumerable<double> Scores(SamplePredictions predictions, OutOfDistributionCriterion criterion) =>
        Enumerable
            .Range(0, predictions.Count)
            .Select(i =>
                criterion switch
                {
                    OutOfDistributionCriterion.Msp => -predictions.Probability(i, predictions.Class(i)),
                    OutOfDistributionCriterion.Entropy => predictions.EntropyN[i],
                    _ => predictions.MutualInformationN[i],
                }
            );

    // The samples as they are stored, by way of the data set itself.
    private static float[] Validation(RunOptions options)
    {
        var data = new CatalogueDataSource().Open(options);
        var record = data.Record!;
        var batch = data.Range("validation", 0, data.Count("validation"));
        return [.. batch.Pixels.Select(value => MathF.Round(((value * record.Deviation![0]) + record.Mean![0]) * (float)record.Scale))];
    }

    private static byte[] Noise()
    {
        var pixels = new byte[Foreign * 256];
        new Random(5).NextBytes(pixels);
        return pixels;
    }

    private static byte[] Header()
    {
        var text = $"{{'descr': '|u1', 'fortran_order': False, 'shape': ({Foreign}, 1, 16, 16), }}";
        text = text.PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. Encoding.ASCII.GetBytes(text)];
    }
}
