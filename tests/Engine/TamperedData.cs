using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Engine;

/// <summary>Noise whose training batches a test may change.</summary>
internal sealed class TamperedData(int batch, Action<long, HostBatch> tamper) : IRunData, IRunDataSource
{
    private readonly NoiseData _noise = new(batch, 8, 5);

    public DataShape Shape => _noise.Shape;

    public IRunData Open(RunOptions options, DataRecord? known = null) => this;

    public HostBatch Training(long step, HostBatch? reuse = null)
    {
        var result = _noise.Training(step, reuse);
        tamper(step, result);
        return result;
    }

    public int Count(string split) => _noise.Count(split);

    public HostBatch Range(string split, int start, int count) => _noise.Range(split, start, count);

    public HostBatch Normalise(float[] samples) => _noise.Normalise(samples);
}
