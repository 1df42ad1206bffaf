using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Engine;

/// <summary>Noise with labels: another batch each step, the same for everybody who asks.</summary>
internal sealed class NoiseData(int batch, int side, int classes) : IRunData, IRunDataSource
{
    public DataShape Shape => new(new(3, side, side), classes, Samples);

    /// <summary>Samples of the training split.</summary>
    public int Samples { get; init; } = batch * 1000;

    /// <summary>Samples of the validation split.</summary>
    public int Validation { get; init; }

    public IReadOnlyList<string> Notices { get; init; } = [];

    public IRunData Open(RunOptions options, DataRecord? known = null) => this;

    public HostBatch Training(long step, HostBatch? reuse = null) => Draw((int)step, batch);

    public int Count(string split) =>
        split switch
        {
            "test" => 2 * batch,
            "validation" => Validation,
            _ => 0,
        };

    public HostBatch Range(string split, int start, int count) => Draw(-1 - start, count);

    public HostBatch Normalise(float[] samples) => throw new NotSupportedException("Noise needs no normalisation.");

    private HostBatch Draw(int seed, int count)
    {
        var random = new Random(seed);
        var result = new HostBatch(count, new SampleShape(3, side, side));
        for (var i = 0; i < result.Pixels.Length; i++)
        {
            result.Pixels[i] = (2 * random.NextSingle()) - 1;
        }

        for (var i = 0; i < count; i++)
        {
            result.Labels[i] = random.Next(classes);
        }

        return result;
    }
}
