using System.Globalization;
using System.Runtime.InteropServices;
using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Export;
using NeuroTrails.Formats;
using NeuroTrails.Models;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Parity;

/// <summary>A recorded run of a multi-head LLaMA, as options and data, with what each owner started from.</summary>
internal sealed class LlamaFixture : IRunData, IRunDataSource, IDisposable
{
    private readonly SafetensorsFile _file;
    private readonly long[] _tokens;
    private readonly long[] _test;

    public LlamaFixture(string path)
    {
        _file = SafetensorsFile.Open(path);
        _tokens = Values<long>("batches/tokens");
        _test = Values<long>("test/tokens");
        Length = Number("length");
        Batch = Number("batch");
        Options = new()
        {
            Device = "cpu",
            Model = new()
            {
                Name = "llama",
                HiddenSize = Number("hidden_size"),
                IntermediateSize = Number("intermediate_size"),
                AttentionHeads = Number("num_attention_heads"),
                Layers = Number("num_hidden_layers"),
            },
            Ensemble = new()
            {
                Heads = Number("heads"),
                BlocksInHead = Number("blocks_in_head"),
                Loss = LossCombination.Sum,
            },
            Topology = new()
            {
                Density = Real("density"),
                Every = Number("update_every"),
                PruneRate = Real("prune_rate"),
                PruneRateEnd = Real("prune_rate_end"),
                Grow = Enum.Parse<GrowRule>(Text("growth"), ignoreCase: true),
                Drop = Enum.Parse<DropRule>(Text("drop"), ignoreCase: true),
            },
            Training = new()
            {
                Steps = Number("steps"),
                Batch = Batch,
                Optimizer = Enum.Parse<OptimizerKind>(Text("optimizer"), ignoreCase: true),
                LearningRate = Real("lr"),
                Betas = [Real("beta1"), Real("beta2")],
                Epsilon = Real("eps"),
                WeightDecay = Real("weight_decay"),
                Schedule = LearningRateScheduleKind.Constant,
                Precision = Precision.Float64,
            },
            Checkpoint = new() { EverySteps = Number("update_every"), Keep = Number("steps") },
            Execution = new()
            {
                BackboneThreads = 1,
                HeadThreads = 1,
                ParallelHeads = 2,
            },
        };
    }

    public RunOptions Options { get; }

    public int Length { get; }

    public int Batch { get; }

    public int Steps => Number("steps");

    public DataShape Shape => new(SampleShape.Tokens(Length), Number("vocabulary"), _tokens.Length / Length);

    public int TestWindows => _test.Length / Length;

    public bool Has(string name) => _file.Contains(name);

    public IRunData Open(RunOptions options, DataRecord? known = null) => this;

    public HostBatch Training(long step, HostBatch? reuse = null) => Windows(_tokens, (int)(step - 1) * Batch, Batch);

    public int Count(string split) => split == "test" ? TestWindows : 0;

    public HostBatch Range(string split, int start, int count) => Windows(_test, start, count);

    public HostBatch Normalise(float[] samples) => throw new NotSupportedException("Texts are not normalised.");

    /// <summary>Values of a tensor in C order.</summary>
    public T[] Values<T>(string name)
        where T : unmanaged
    {
        var bytes = new byte[_file.Info(name).Bytes];
        _file.ReadInto(name, bytes);
        return MemoryMarshal.Cast<byte, T>(bytes).ToArray();
    }

    /// <summary>The fixture's name of a tensor.</summary>
    public string Name(OwnerId owner, TensorSpec spec) =>
        PublishedNames.Of(owner, spec.Name, Number("num_hidden_layers") - Number("blocks_in_head"));

    /// <summary>Writes an owner's recorded beginning into tensors that have the right shapes.</summary>
    public void Initialise(OwnerTensors tensors, OwnerId owner)
    {
        using var noGrad = no_grad();
        foreach (var parameter in tensors.Parameters)
        {
            var name = Name(owner, parameter.Spec);
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
    }

    public void Dispose() => _file.Dispose();

    private HostBatch Windows(long[] tokens, int first, int count)
    {
        var batch = new HostBatch(count, Shape.Sample);
        tokens.AsSpan(first * Length, count * Length).CopyTo(batch.Tokens);
        return batch;
    }

    private string Text(string key) => _file.Metadata[key];

    private int Number(string key) => int.Parse(Text(key), CultureInfo.InvariantCulture);

    private double Real(string key) => double.Parse(Text(key), CultureInfo.InvariantCulture);
}
