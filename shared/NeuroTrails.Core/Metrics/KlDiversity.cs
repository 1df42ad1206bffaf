namespace NeuroTrails.Metrics;

/// <summary>Mean over samples and over ordered pairs of heads i ≠ j of KL(p_i‖p_j), in nats; 0 means equal heads.</summary>
/// <remarks>
/// Input: probabilities [H, C] per sample. KL(p_i‖p_j) + KL(p_j‖p_i) = Σ_c (p_i − p_j)(ln p_i − ln p_j) is summed for each unordered pair:
/// every term is at least zero, so nothing cancels. Logarithms are bounded as in
/// <see cref="NegativeLogLikelihood"/>. Source: FreeTickets, arXiv 2106.14568.
/// </remarks>
/// <example>Heads [0.5, 0.5] and [0.25, 0.75]: (0.1438 + 0.1308) / 2 = 0.1373… = (0.25 ln 2 + 0.25 ln 1.5) / 2.</example>
public sealed class KlDiversity : IDiversityMetric
{
    private readonly int _heads;
    private double[] _logarithms_HC = [];
    private double _sum;

    /// <summary>Starts an empty figure.</summary>
    /// <param name="heads">H, at least 1.</param>
    public KlDiversity(int heads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        _heads = heads;
    }

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public double? Value => _heads == 1 ? null : MetricGuard.Mean(_sum / ((double)_heads * (_heads - 1)), Count);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<double> probabilities_HC)
    {
        var classes = MetricGuard.Classes(probabilities_HC.Length, _heads);
        if (_logarithms_HC.Length != probabilities_HC.Length)
        {
            _logarithms_HC = new double[probabilities_HC.Length];
        }

        for (var k = 0; k < probabilities_HC.Length; k++)
        {
            _logarithms_HC[k] = NegativeLogLikelihood.SafeLog(probabilities_HC[k]);
        }

        var sum = 0.0;
        for (var i = 0; i < _heads; i++)
        {
            for (var j = i + 1; j < _heads; j++)
            {
                sum += BothWays(probabilities_HC, _logarithms_HC, i * classes, j * classes, classes);
            }
        }

        if (double.IsNaN(sum))
        {
            throw MetricGuard.NotANumber("The divergence between two heads", sum);
        }

        _sum += sum;
        Count++;
    }

    private static double BothWays(ReadOnlySpan<double> p_HC, ReadOnlySpan<double> logarithms_HC, int i, int j, int classes)
    {
        var sum = 0.0;
        for (var c = 0; c < classes; c++)
        {
            sum += (p_HC[i + c] - p_HC[j + c]) * (logarithms_HC[i + c] - logarithms_HC[j + c]);
        }

        return sum;
    }
}
