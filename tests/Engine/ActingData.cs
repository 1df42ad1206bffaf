using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Engine;

/// <summary>Noise; when the batch of a step is asked for, something happens first.</summary>
internal sealed class ActingData(long at, Action act) : IRunData, IRunDataSource
{
    private readonly NoiseData _noise = new(8, 8, 5);

    public string Name => nameof(NoiseData);

    public DataShape Shape => _noise.Shape;

    public IRunData Open(RunOptions options, DataRecord? known = null) => this;

    public HostBatch Training(long step, HostBatch? reuse = null)
    {
        if (step == at)
        {
            act();
        }

        return _noise.Training(step, reuse);
    }

    public int Count(string split) => _noise.Count(split);

    public HostBatch Range(string split, int start, int count) => _noise.Range(split, start, count);

    public HostBatch Normalise(float[] samples) => _noise.Normalise(samples);
}
