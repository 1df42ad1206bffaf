using System.Globalization;
using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Export;
using NeuroTrails.Formats;
using NeuroTrails.Models;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Parity;

/// <summary>A recorded run of the authors' code, as options, data and a checkpoint of step 0.</summary>
internal sealed class FixtureRun : IRunData, IRunDataSource, IDisposable
{
    private readonly SafetensorsFile _file;
    private readonly float[] _images;
    private readonly long[] _labels;
    private readonly float[] _test;
    private readonly SampleShape _sample;

    public FixtureRun(string path)
    {
        _file = SafetensorsFile.Open(path);
        _images = Values<float>("batches/images");
        _labels = Values<long>("batches/labels");
        _test = Values<float>("test/images");
        var shape = _file.Info("batches/images").Shape;
        _sample = new((int)shape[1], (int)shape[2], (int)shape[3]);
        Batch = Number("batch");
        Steps = Number("steps");
        Heads = Number("heads");
        UpdateEvery = Number("update_every");
        Sparse = _file.Contains("prune_rate");
        Options = new()
        {
            Device = "cpu",
            Model = _file.Metadata.ContainsKey("model")
                ? new()
                {
                    Name = Text("model"),
                    Hidden = [.. Text("hidden").Split(',').Select(units => int.Parse(units, CultureInfo.InvariantCulture))],
                }
                : new() { Name = $"wrn-{Text("depth")}-{Text("widen_factor")}" },
            Ensemble = new()
            {
                Heads = Heads,
                BlocksInHead = Number("blocks_in_head"),
                Loss = LossCombination.Mean,
            },
            Topology = new()
            {
                Density = double.Parse(Text("density"), CultureInfo.InvariantCulture),
                Every = UpdateEvery,
                PruneRate = double.Parse(Text("prune_rate"), CultureInfo.InvariantCulture),
                PruneRateEnd = double.Parse(Text("prune_rate_end"), CultureInfo.InvariantCulture),
                Grow = Enum.Parse<GrowRule>(Text("growth"), ignoreCase: true),
                Drop = Enum.Parse<DropRule>(Text("drop"), ignoreCase: true),
            },
            Training = new()
            {
                Steps = Steps,
                Batch = Batch,
                LearningRate = double.Parse(Text("lr"), CultureInfo.InvariantCulture),
                Momentum = double.Parse(Text("momentum"), CultureInfo.InvariantCulture),
                Nesterov = bool.Parse(Text("nesterov")),
                WeightDecay = double.Parse(Text("weight_decay"), CultureInfo.InvariantCulture),
                Schedule = LearningRateScheduleKind.Constant,
                Precision = Precision.Float64,
            },
            Checkpoint = new() { EverySteps = UpdateEvery, Keep = Steps },
            Execution = new()
            {
                BackboneThreads = 1,
                HeadThreads = 1,
                ParallelHeads = 2,
            },
            Compatibility = Compatibility.Official,
        };
    }

    public RunOptions Options { get; }

    public int Batch { get; }

    public int Steps { get; }

    public int Heads { get; }

    public int UpdateEvery { get; }

    public bool Sparse { get; }

    public int TestSamples => _test.Length / _sample.Length;

    public DataShape Shape => new(new(_sample.Channels, _sample.Height, _sample.Width), Number("classes"), _labels.Length);

    public double[] Loss => Values<double>("loss");

    public double[] PruneRate => Values<double>("prune_rate");

    public double[] TestLogits => Values<double>("test/logits");

    public IEnumerable<string> Names(string prefix) =>
        _file.Tensors.Select(info => info.Name).Where(name => name.StartsWith(prefix, StringComparison.Ordinal));

    public bool Has(string name) => _file.Contains(name);

    public IRunData Open(RunOptions options, DataRecord? known = null) => this;

    public HostBatch Training(long step, HostBatch? reuse = null)
    {
        var batch = new HostBatch(Batch, _sample);
        var first = (int)(step - 1) * Batch;
        _images.AsSpan(first * _sample.Length, Batch * _sample.Length).CopyTo(batch.Pixels);
        _labels.AsSpan(first, Batch).CopyTo(batch.Labels);
        return batch;
    }

    public int Count(string split) => split == "test" ? TestSamples : 0;

    public HostBatch Range(string split, int start, int count)
    {
        var batch = new HostBatch(count, _sample);
        _test.AsSpan(start * _sample.Length, count * _sample.Length).CopyTo(batch.Pixels);
        return batch;
    }

    public HostBatch Normalise(float[] samples) => throw new NotSupportedException("Fixtures are normalised already.");

    /// <summary>Values of a tensor in C order.</summary>
    public T[] Values<T>(string name)
        where T : unmanaged
    {
        var info = _file.Info(name);
        var bytes = new byte[info.Bytes];
        _file.ReadInto(name, bytes);
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, T>(bytes).ToArray();
    }

    /// <summary>The fixture's name of a tensor.</summary>
    public static string Name(OwnerId owner, TensorSpec spec, int sharedBlocks) => PublishedNames.Of(owner, spec.Name, sharedBlocks);

    /// <summary>Writes an owner's recorded beginning into tensors that have the right shapes.</summary>
    public void Initialise(OwnerTensors tensors, OwnerId owner, int sharedBlocks)
    {
        using var noGrad = no_grad();
        foreach (var parameter in tensors.Parameters)
        {
            var name = Name(owner, parameter.Spec, sharedBlocks);
            long[] shape = [.. parameter.Spec.Shape];
            parameter.Value.copy_(tensor(Values<double>($"initial/{name}"), shape));
            parameter.ClearMask();
            if (Has($"mask/0/{name}"))
            {
                var mask = Values<bool>($"mask/0/{name}");
                parameter.SetMask(tensor(mask, shape).DetachFromDisposeScope(), mask.LongCount(active => active));
                parameter.Value.mul_(parameter.Mask!);
            }
        }

        foreach (var (spec, value) in tensors.Buffers)
        {
            value.copy_(tensor(Values<double>($"initial/{Name(owner, spec, sharedBlocks)}"), [.. spec.Shape]));
        }
    }

    public void Dispose() => _file.Dispose();

    private string Text(string key) => _file.Metadata[key];

    private int Number(string key) => int.Parse(Text(key), CultureInfo.InvariantCulture);
}
