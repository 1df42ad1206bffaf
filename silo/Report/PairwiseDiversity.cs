using NeuroTrails.Metrics;

namespace NeuroTrails.Silo.Report;

/// <summary>How much each two members differ.</summary>
internal sealed class PairwiseDiversity(int members, int classes)
{
    private readonly long[] _different = new long[members * members];
    private readonly double[] _divergence = new double[members * members];
    private readonly int[] _predicted_M = new int[members];
    private readonly double[] _logarithms_MC = new double[members * classes];
    private long _count;

    public void Add(ReadOnlySpan<double> members_MC)
    {
        _count++;
        PredictionEvidence.Logarithms(members_MC, _logarithms_MC);
        for (var i = 0; i < members; i++)
        {
            _predicted_M[i] = ArgMax.Of(members_MC.Slice(i * classes, classes));
        }

        for (var i = 0; i < members; i++)
        {
            for (var j = 0; j < members; j++)
            {
                _different[(i * members) + j] += _predicted_M[i] != _predicted_M[j] ? 1 : 0;
                var sum = 0.0;
                for (var c = 0; c < classes; c++)
                {
                    var (p, q) = ((i * classes) + c, (j * classes) + c);
                    sum += members_MC[p] * (_logarithms_MC[p] - _logarithms_MC[q]);
                }

                _divergence[(i * members) + j] += sum;
            }
        }
    }

    // Share of samples for which two members predict different classes [M][M].
    public IReadOnlyList<IReadOnlyList<double>> Disagreement() => [.. _different.Select(count => (double)count / _count).Chunk(members)];

    // Mean of KL(row ‖ column) [M][M], in nats.
    public IReadOnlyList<IReadOnlyList<double>> Divergence() => [.. _divergence.Select(sum => sum / _count).Chunk(members)];
}
