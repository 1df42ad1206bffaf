using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Data;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Engine;

/// <summary>Windows of random tokens, some of them padded: others each step, the same for everybody who asks.</summary>
internal sealed class NoiseText(int batch, int length, int vocabulary) : IRunData, IRunDataSource
{
    public DataShape Shape => new(SampleShape.Tokens(length), vocabulary, batch * 1000);

    /// <summary>What a run on it is made from.</summary>
    public DataDescription Description => new(1, 1, length, vocabulary, Shape.TrainingSamples, 0, Count("test"), IsText: true);

    public IRunData Open(RunOptions options, DataRecord? known = null) => this;

    public HostBatch Training(long step, HostBatch? reuse = null) => Draw((int)step, batch);

    public int Count(string split) => split == "test" ? 2 * batch : 0;

    public HostBatch Range(string split, int start, int count) => Draw(-1 - start, count);

    public HostBatch Normalise(float[] samples) => throw new NotSupportedException("Texts are not normalised.");

    private HostBatch Draw(int seed, int count)
    {
        var random = new Random(seed);
        var result = new HostBatch(count, SampleShape.Tokens(length));
        for (var window = 0; window < count; window++)
        {
            var full = window % 2 == 0 ? length : random.Next(2, length + 1);
            for (var i = 0; i < length; i++)
            {
                result.Tokens[(window * length) + i] = i < full ? random.Next(vocabulary) : -1;
            }
        }

        return result;
    }
}
