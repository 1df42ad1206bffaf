using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Export;
using NeuroTrails.Formats;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Tests.Engine;
using NeuroTrails.Tests.Parity;
using NeuroTrails.Topology;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Export;

/// <summary>Files of weights hold what a run has, under the names that others expect; a run that starts from one has the same.</summary>
public sealed class WeightExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<RunNotice> _told = [];

    public static TheoryData<string> Fixtures => [.. FixtureFolder.Files().Skip(1)];

    public void Dispose() => _folder.Dispose();

    /// <summary>What the authors' code saved is what an export of the same network holds: names, shapes, types, values and masks.</summary>
    [Theory]
    [MemberData(nameof(Fixtures))]
    public void A_published_network_has_the_published_names(string file)
    {
        if (FixtureFolder.WhySkipped(file) is { } reason)
        {
            Assert.Skip(reason);
        }

        using var fixture = new FixtureRun(file);
        var plan = new RunPlan(fixture.Options, fixture.Shape, new ModelCatalogue());
        var export = new WeightExport(plan, step: 0, Load, masks: true);
        var (safetensors, npz) = (_folder.File("a.safetensors"), _folder.File("a.npz"));
        using (var output = File.Create(safetensors))
        {
            export.WriteSafetensors(output, new Dictionary<string, string>());
        }

        using (var output = File.Create(npz))
        {
            export.WriteNpz(output);
        }

        var recorded = NaiveWeights.ReadSafetensors(file).Tensors;
        var expected = recorded.Where(Begins("final/")).ToDictionary(Without("final/"), pair => pair.Value);
        foreach (var written in new[] { NaiveWeights.Read(safetensors), NaiveWeights.Read(npz) })
        {
            var weights = written.Where(pair => !Begins("mask/")(pair)).ToDictionary();
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), weights.Keys.Order(StringComparer.Ordinal));
            Assert.All(weights, pair => Assert.Equal((Shown(expected[pair.Key]), pair.Key), (Shown(pair.Value), pair.Key)));

            var masks = recorded.Where(Begins("mask/0/")).ToDictionary(Without("mask/0/"), pair => pair.Value);
            Assert.Equal(masks.Count, written.Count - weights.Count);
            Assert.All(masks, pair => Assert.True(pair.Value.IsAs(written[$"mask/{pair.Key}"]), pair.Key));
            Assert.All(weights, pair => Assert.Equal(Masked(recorded[$"initial/{pair.Key}"], pair.Key), pair.Value.Bytes));
        }

        // Where it is masked, the recorded value counts for nothing.
        byte[] Masked(NaiveTensor tensor, string name) =>
            recorded.TryGetValue($"mask/0/{name}", out var mask)
                ? [.. tensor.Bytes.Chunk(8).Zip(mask.Bytes, (value, flag) => flag == 1 ? value : new byte[8]).SelectMany(value => value)]
                : tensor.Bytes;

        OwnerTensors Load(OwnerId owner)
        {
            var tensors = OwnerTensors.Initialise(plan.Part(owner), 1, CPU, plan.MasterType);
            fixture.Initialise(tensors, owner, plan.Network.Blocks.Count - plan.Options.Ensemble.BlocksInHead);

            // Some of the recorded zeros are negative, which no checkpoint keeps.
            foreach (var parameter in tensors.Parameters)
            {
                MaskStore.Enforce(parameter);
            }

            return tensors;
        }

        static Func<KeyValuePair<string, NaiveTensor>, bool> Begins(string prefix) =>
            pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal);
        static Func<KeyValuePair<string, NaiveTensor>, string> Without(string prefix) => pair => pair.Key[prefix.Length..];
        static string Shown(NaiveTensor tensor) => $"{tensor.Type} [{string.Join(", ", tensor.Shape)}]";
    }

    [Theory]
    [InlineData("wrn-10-1", "neurotrails", 3, 1, true, "blocks_head2.0.convShortcut.weight")]
    [InlineData("wrn-10-1", "neurotrails", 2, 3, true, "blocks_head1.2.bn1.running_var")]
    [InlineData("wrn-10-1", "ensemble", 2, 0, false, "head-1.stem.weight")]
    [InlineData("wrn-10-1", "ensemble", 1, 0, true, "blocks_head0.2.bn1.num_batches_tracked")]
    [InlineData("resnet18", "neurotrails", 2, 1, false, "head-1.tail.classifier.weight")]
    [InlineData("mlp", "neurotrails", 2, 1, false, "backbone.block0.linear.bias")]
    public void Names_are_the_published_ones_where_the_published_module_has_such_tensors(
        string model,
        string method,
        int heads,
        int blocksInHead,
        bool published,
        string example
    )
    {
        var options = new RunOptions
        {
            Model = new() { Name = model },
            Ensemble = new()
            {
                Method = method,
                Heads = heads,
                BlocksInHead = blocksInHead,
            },
            Topology = new() { Density = 1 },
            Training = new() { Batch = 4 },
        };
        var names = new WeightNames(new RunPlan(options, new(new(3, 8, 8), 10, 8), new ModelCatalogue()));
        string[] all = [.. names.All.Select(tensor => tensor.Name), .. names.Counters];
        Assert.Equal(published, names.ArePublished);
        Assert.Contains(example, all);
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Theory]
    [InlineData(ExportFormat.Safetensors, true, Precision.Float32)]
    [InlineData(ExportFormat.Safetensors, false, Precision.Float64)]
    [InlineData(ExportFormat.Npz, true, Precision.Float64)]
    [InlineData(ExportFormat.Npz, false, Precision.Float32)]
    public async Task A_run_that_starts_from_an_export_has_the_same_weights(ExportFormat format, bool masks, Precision precision)
    {
        await Train("a", Options(precision), 20);
        var file = _folder.File($"w.{format.ToString().ToLowerInvariant()}");
        var result = await Export("a", file, format, masks);
        Assert.Equal((20, 2, new FileInfo(file).Length, true), (result.Step, result.Heads, result.Bytes, result.Published));

        var still = Options(precision) with { Seed = 9 };
        still = still with { Training = still.Training with { LearningRate = 1e-12, WeightDecay = 0 } };
        await Train("b", still, 1, file);
        var (mine, theirs) = (Weights("a/checkpoints/step-00000020"), Weights("b/initial"));
        Assert.Equal(mine.Values.Keys.Order(), theirs.Values.Keys.Order());
        Assert.All(mine.Values, pair => Assert.Equal(pair.Value, theirs.Values[pair.Key]));
        Assert.Contains(mine.Masks.Values, mask => mask.Contains((byte)0));
        if (masks)
        {
            Assert.Equal(mine.Masks.Keys.Order(), theirs.Masks.Keys.Order());
            Assert.All(mine.Masks, pair => Assert.Equal(pair.Value, theirs.Masks[pair.Key]));
        }

        var guessed = "; it holds no masks: what is zero counts as masked";
        Assert.Contains($"starting from the weights of {file}{(masks ? string.Empty : guessed)}", _told.Select(told => told.Message));

        // Exported once more, it is the same file but for the counters and masks of the one step.
        var again = _folder.File($"again.{format.ToString().ToLowerInvariant()}");
        await Export("b", again, format, masks: false);
        var (first, second) = (NaiveWeights.Read(file), NaiveWeights.Read(again));
        Assert.Equal(first.Keys.Where(name => !name.StartsWith("mask/", StringComparison.Ordinal)).Order(), second.Keys.Order());
        Assert.Equal(20, BitConverter.ToInt64(first["bn_0.num_batches_tracked"].Bytes));
        Assert.Equal(1, BitConverter.ToInt64(second["bn_0.num_batches_tracked"].Bytes));
    }

    [Fact]
    public async Task Facts_about_the_run_stand_in_the_metadata()
    {
        await Train("a", Options(Precision.Float32), 2);
        var file = _folder.File("w.safetensors");
        await Export("a", file, ExportFormat.Safetensors, masks: false);
        var metadata = NaiveWeights.ReadSafetensors(file).Metadata;
        Assert.Equal("2", metadata["neurotrails.step"]);
        Assert.Equal("2", metadata["neurotrails.heads"]);
        Assert.Equal("wrn-10-1", metadata["neurotrails.model"]);
        Assert.Equal("probabilities", metadata["neurotrails.prediction"]);
        Assert.Equal("255", metadata["neurotrails.scale"]);
        Assert.Equal("points", metadata["neurotrails.data"]);
        var record = new RunFolder(_folder.File("a")).ReadDataRecord()!;
        Assert.Equal(record.Mean, System.Text.Json.JsonSerializer.Deserialize<float[]>(metadata["neurotrails.mean"]));
        Assert.Equal(record.Deviation, System.Text.Json.JsonSerializer.Deserialize<float[]>(metadata["neurotrails.deviation"]));
        Assert.True(int.Parse(metadata["neurotrails.active_parameters"]) < int.Parse(metadata["neurotrails.parameters"]));
    }

    private static RunOptions Options(Precision precision) =>
        new()
        {
            Device = "cpu",
            Data = new() { Validation = 0 },
            Model = new() { Name = "wrn-10-1" },
            Ensemble = new() { Heads = 2, BlocksInHead = 1 },
            Topology = new() { Density = 0.3, Every = 6 },
            Training = new()
            {
                Batch = 8,
                LearningRate = 0.05,
                Precision = precision,
            },
            Execution = new()
            {
                BackboneThreads = 1,
                HeadThreads = 1,
                ParallelHeads = 2,
            },
        };

    private static RunEngine Engine()
    {
        static ByteDataSet Set(string name, int count) =>
            new(
                name,
                new(3, 8, 8),
                [.. Enumerable.Range(0, count * 192).Select(i => (byte)(128 + (127 * Math.Sin(i * 1.7))))],
                [.. Enumerable.Range(0, count).Select(i => i % 3)],
                3
            );
        return new(TimeProvider.System, new DataSetSource("points", Set("points/train", 64), Set("points/test", 32)));
    }

    private Task<TrainResult> Train(string run, RunOptions options, int steps, string? from = null) =>
        Engine()
            .TrainAsync(
                new(
                    options with
                    {
                        Training = options.Training with { Steps = steps },
                    },
                    _folder.File(run),
                    ResumeMode.Never,
                    InitFrom: from
                ),
                Listener.Of(_told),
                TestContext.Current.CancellationToken
            );

    private Task<ExportResult> Export(string run, string file, ExportFormat format, bool masks) =>
        Engine()
            .ExportAsync(
                new(_folder.File(run), CheckpointChoice.Last, file, Format: format, Masks: masks),
                Listener.Of(_told),
                TestContext.Current.CancellationToken
            );

    // Of every owner, dense, whichever way a tensor is stored.
    private (Dictionary<string, double[]> Values, Dictionary<string, byte[]> Masks) Weights(string folder)
    {
        var (dense, masks) = (new Dictionary<string, double[]>(), new Dictionary<string, byte[]>());
        foreach (var path in Directory.GetFiles(_folder.File(folder), "*.safetensors"))
        {
            using var file = SafetensorsFile.Open(path);
            foreach (var info in file.Tensors.Where(info => info.DType is StoredDType.F32 or StoredDType.F64))
            {
                var (name, bytes) = (info.Name, file.Read(info.Name).Data.ToArray());
                double[] values =
                    info.DType == StoredDType.F32
                        ? [.. bytes.Chunk(4).Select(value => (double)BitConverter.ToSingle(value))]
                        : [.. bytes.Chunk(8).Select(value => BitConverter.ToDouble(value))];
                if (name.EndsWith(".values", StringComparison.Ordinal))
                {
                    name = name[..^".values".Length];
                    var bitmap = file.Read($"{name}.mask").Data.ToArray();
                    masks.Add($"{Path.GetFileName(path)} {name}", bitmap);
                    var active = 0;
                    values =
                    [
                        .. Enumerable.Range(0, bitmap.Length * 8).Select(i => (bitmap[i / 8] >> (i % 8) & 1) == 1 ? values[active++] : 0),
                    ];
                }

                if (!name.Contains(".moment.", StringComparison.Ordinal))
                {
                    dense.Add($"{Path.GetFileName(path)} {name}", values);
                }
            }
        }

        return (dense, masks);
    }
}
