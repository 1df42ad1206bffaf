namespace NeuroTrails.Metrics;

/// <summary>Mean over samples and over pairs of heads i &lt; j of "they predict different classes"; 0 to 1.</summary>
/// <remarks>Input: probabilities [H, C] per sample. Ties count for the lowest class index. Source: FreeTickets, arXiv 2106.14568. The
/// authors' published NeuroTrails code divides by M² instead of the number of ordered pairs, so
/// its figure is (M−1)/M of this one.</remarks>
/// <example>Three heads predict classes 0, 0, 1: pairs (0,2) and (1,2) differ, 2/3.</example>
public sealed class Disagreement : IDiversityMetric
{
    private readonly int _heads;
    private readonly int[] _predicted_H;
    private long _different;

    /// <summary>Starts an empty figure.</summary>
    /// <param name="heads">H, at least 1.</param>
    public Disagreement(int heads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        _heads = heads;
        _predicted_H = new int[heads];
    }

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public double? Value => _heads == 1 ? null : MetricGuard.Mean(_different, Count * _heads * (_heads - 1) / 2);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<double> probabilities_HC)
    {
        var classes = MetricGuard.Classes(probabilities_HC.Length, _heads);
        for (var i = 0; i < _heads; i++)
        {
            _predicted_H[i] = ArgMax.Of(probabilities_HC.Slice(i * classes, classes));
            for (var j = 0; j < i; j++)
            {
                _different += _predicted_H[i] != _predicted_H[j] ? 1 : 0;
            }
        }

        Count++;
    }
}
