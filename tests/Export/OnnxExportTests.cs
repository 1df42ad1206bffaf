using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Export;
using NeuroTrails.Metrics;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Samples;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Training;
using TorchSharp;
using static TorchSharp.torch;
using RunOptions = NeuroTrails.Configuration.RunOptions;
using Tensor = TorchSharp.torch.Tensor;

namespace NeuroTrails.Tests.Export;

/// <summary>What ONNX Runtime computes with an exported model is what torch and the metrics compute.</summary>
public sealed class OnnxExportTests
{
    private const int Samples = 5;
    private const int Classes = 7;
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData("mlp", 2, 0, PredictionRule.Logits)]
    [InlineData("mlp", 3, 3, PredictionRule.Probabilities)]
    [InlineData("wrn-10-1", 1, 0, PredictionRule.Probabilities)]
    [InlineData("wrn-10-1", 2, 1, PredictionRule.Logits)]
    [InlineData("wrn-16-2", 3, 6, PredictionRule.Probabilities)]
    [InlineData("resnet18", 2, 3, PredictionRule.Probabilities)]
    [InlineData("resnet34", 1, 2, PredictionRule.Logits)]
    [InlineData("resnet50", 1, 1, PredictionRule.Probabilities, "imagenet")]
    [InlineData("mlp", 2, 0, PredictionRule.Logits, "small", "ensemble")]
    [InlineData("resnet18", 2, 0, PredictionRule.Probabilities, "small", "ensemble")]
    [InlineData("wrn-10-1", 1, 1, PredictionRule.Probabilities, "small", "single")]
    [InlineData("wrn-10-1", 3, 1, PredictionRule.Probabilities, "small", "treenet")]
    public void Every_model_of_the_catalogue_computes_the_same(
        string model,
        int heads,
        int blocksInHead,
        PredictionRule rule,
        string stem = "small",
        string method = "neurotrails"
    )
    {
        var options = new RunOptions
        {
            Model = new()
            {
                Name = model,
                Stem = stem,
                Hidden = [24, 16, 12],
                Dropout = 0.2,
            },
            Ensemble = new()
            {
                Method = method,
                Heads = heads,
                BlocksInHead = blocksInHead,
                Prediction = rule,
            },
            Topology = new() { Density = method == "neurotrails" ? 0.4 : 1 },
            Training = new() { Batch = 4 },
        };
        var plan = new RunPlan(options, new(new(3, 16, 12), Classes, 8), new ModelCatalogue());
        var record = Record([0.3f, 0.5f, -0.1f], [0.7f, 1.5f, 0.2f]);
        using var ensemble = new Ensemble(plan);
        var stored = Stored(record);
        AssertSame(ensemble.Predict(stored, record), Run(Bytes(plan, record, ensemble.Load), stored, [Samples, 3, 16, 12]));
    }

    [Fact]
    public async Task A_runs_checkpoint_predicts_as_the_run_does()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var engine = new RunEngine(TimeProvider.System);
        var options = new RunOptions
        {
            Device = "cpu",
            Data = new() { Limit = 256 },
            Model = new() { Name = "wrn-10-1" },
            Ensemble = new() { Heads = 3, BlocksInHead = 1 },
            Topology = new() { Density = 0.3, Every = 4 },
            Training = new() { Steps = 10, Batch = 32 },
            Execution = new()
            {
                BackboneThreads = 1,
                HeadThreads = 1,
                ParallelHeads = 2,
            },
        };
        var run = folder.File("run");
        await engine.TrainAsync(new(options, run, ResumeMode.Never), new Progress<RunUpdate>(), stop);
        var file = folder.File("run.onnx");
        var result = await engine.ExportAsync(new(run, CheckpointChoice.Last, file), new Progress<RunUpdate>(), stop);
        Assert.Equal((10, 3, new FileInfo(file).Length, true), (result.Step, result.Heads, result.Bytes, result.Normalises));
        await using var predictor = await engine.OpenAsync(new(run, CheckpointChoice.Last), new Progress<RunUpdate>(), stop);
        var stored = Stored(predictor.Record);
        var shape = predictor.Record.SampleShape;
        AssertSame(
            await predictor.PredictAsync(stored, stop),
            Run(await File.ReadAllBytesAsync(file, stop), stored, [Samples, shape.Channels, shape.Height, shape.Width])
        );
        var refused = await Assert.ThrowsAsync<UserErrorException>(() =>
            engine.ExportAsync(new(run, CheckpointChoice.Last, file), new Progress<RunUpdate>(), stop)
        );
        Assert.Contains("--force", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_that_uses_torch_directly_is_named()
    {
        var models = new ModelCatalogue();
        PatchMixer.Register(models);
        var options = new RunOptions
        {
            Model = new() { Name = PatchMixer.Name, Hidden = [8] },
            Ensemble = new() { Heads = 2, BlocksInHead = 1 },
            Training = new() { Batch = 4 },
        };
        var plan = new RunPlan(options, new(new(3, 16, 12), Classes, 8), models);
        using var ensemble = new Ensemble(plan);
        var refused = Assert.Throws<UserErrorException>(() => Bytes(plan, Record([0, 0, 0], [1, 1, 1]), ensemble.Load));
        Assert.StartsWith(
            "patch-mixer cannot be exported: its block 'block0' (ScaledGelu) computes with torch directly.",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    private static DataRecord Record(float[] mean, float[] deviation) =>
        new()
        {
            Name = "made-up",
            Shape = [3, 16, 12],
            Classes = Classes,
            Scale = 255,
            Mean = mean,
            Deviation = deviation,
            Train = new(8, null, string.Empty, string.Empty),
        };

    private static float[] Stored(DataRecord record)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, Samples * record.SampleShape.Length).Select(_ => (float)(random.Next(256) * record.Scale / 255))];
    }

    private static byte[] Bytes(RunPlan plan, DataRecord record, Func<OwnerId, OwnerTensors> load)
    {
        using var stream = new MemoryStream();
        OnnxExport.Write(stream, plan, record, load, [new("made", "up")]);
        return stream.ToArray();
    }

    private static Dictionary<string, float[]> Run(byte[] model, float[] samples, int[] shape)
    {
        using var session = new InferenceSession(model);
        Assert.Equal(["samples"], session.InputNames);
        Assert.Equal(["entropy", "heads", "mean", "mutual_information"], session.OutputNames.Order(StringComparer.Ordinal));
        Assert.Equal(-1, session.InputMetadata["samples"].Dimensions[0]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("samples", new DenseTensor<float>(samples, shape))]);
        return results.ToDictionary(result => result.Name, result => result.AsTensor<float>().ToArray(), StringComparer.Ordinal);
    }

    private static void AssertSame(SamplePredictions expected, Dictionary<string, float[]> actual)
    {
        foreach (
            var (name, values) in new[]
            {
                ("mean", expected.MeanNC),
                ("heads", expected.HeadsNMC),
                ("entropy", expected.EntropyN),
                ("mutual_information", expected.MutualInformationN),
            }
        )
        {
            Assert.Equal(values.Length, actual[name].Length);
            Assert.All(values.Zip(actual[name]), pair => Assert.InRange(pair.Second, pair.First - Tolerance, pair.First + Tolerance));
        }
    }

    /// <summary>Owners as after some training: masked, with running statistics that are not those of the start.</summary>
    private sealed class Ensemble(RunPlan plan) : IDisposable
    {
        private readonly DisposeScope _scope = NewDisposeScope();

        public OwnerTensors Load(OwnerId owner)
        {
            using var noGrad = no_grad();
            var tensors = OwnerTensors.Initialise(plan.Part(owner), owner.Seed(5), CPU, plan.MasterType);
            plan.DrawMasks(tensors, owner);
            foreach (var (spec, value) in tensors.Buffers)
            {
                value.copy_(
                    rand(value.shape, generator: tensors.Generator).add(spec.Name.EndsWith("var", StringComparison.Ordinal) ? 0.3 : -0.5)
                );
            }

            return tensors;
        }

        public SamplePredictions Predict(float[] stored, DataRecord record)
        {
            using var noGrad = no_grad();
            var (length, heads) = (record.SampleShape.Length, plan.Heads);
            var prepared = stored.Select(value => value / (float)record.Scale).ToArray();
            for (var at = 0; at < prepared.Length; at += length)
            {
                record.Normalisation!.Apply(prepared.AsSpan(at, length), prepared.AsSpan(at, length), record.SampleShape);
            }

            var shared = Forward(OwnerId.Backbone, tensor(prepared).view(Samples, 3, 16, 12));
            var logits_HBC = plan
                .Owners.Where(owner => !owner.IsBackbone)
                .SelectMany(owner => Forward(owner, shared).data<float>().ToArray())
                .ToArray();
            var all = new SamplePredictions(
                heads,
                Classes,
                new double[Samples * Classes],
                new double[Samples * heads * Classes],
                new double[Samples],
                new double[Samples]
            );
            for (var i = 0; i < Samples; i++)
            {
                var heads_MC = all.HeadsNMC.AsSpan(i * heads * Classes, heads * Classes);
                var mean_C = all.MeanNC.AsSpan(i * Classes, Classes);
                EnsembleAggregator.CombineSample<float>(logits_HBC, i, Samples, plan.Options.Ensemble.Prediction, heads_MC, mean_C);
                all.EntropyN[i] = Entropy.Of(mean_C);
                all.MutualInformationN[i] = MutualInformation.Of(heads_MC, new double[Classes]);
            }

            return all;
        }

        public void Dispose() => _scope.Dispose();

        private Tensor Forward(OwnerId owner, Tensor input)
        {
            using var tensors = Load(owner);
            return plan.Part(owner).Forward(input, tensors.Root, new(Training: false, ScalarType.Float32, tensors.Generator)).contiguous();
        }
    }
}
