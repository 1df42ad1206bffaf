namespace NeuroTrails.Metrics;

/// <summary>
/// Measures an ensemble of language models over batches, of which heads send no scores: for each position the probability of the token that
/// came, and their most probable tokens; then, when asked (<see cref="Wanted"/>), the probabilities of one another's.
/// </summary>
/// <remarks>
/// The ensemble is the mean of the heads' probabilities. Likelihoods are exact. The ensemble's most probable token is sought among those of
/// the heads; <see cref="Unproven"/> counts the positions where another one is not ruled out.
/// </remarks>
public sealed class TokenEvaluation
{
    private readonly double _bytesPerToken;
    private readonly Tally _ensemble = new();
    private readonly Tally[] _heads;
    private long _disagreements;

    /// <summary>Starts an evaluation without tokens.</summary>
    /// <param name="heads">M, at least 1.</param>
    /// <param name="bytesPerToken">Bytes of text that a token stands for, on average; 0 where that is not known.</param>
    public TokenEvaluation(int heads, double bytesPerToken = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        _heads = [.. Enumerable.Range(0, heads).Select(_ => new Tally())];
        _bytesPerToken = bytesPerToken;
    }

    /// <summary>Tokens added so far.</summary>
    public long Count => _ensemble.Count;

    /// <summary>Of these, the ones whose most probable token might be one that no head named.</summary>
    public long Unproven { get; private set; }

    /// <summary>The tokens whose probability every head is asked for.</summary>
    /// <param name="heads">What the heads say of a batch, in order.</param>
    /// <returns>M·K tokens for each of the N positions.</returns>
    public static int[] Wanted(IReadOnlyList<HeadTokens> heads)
    {
        ArgumentNullException.ThrowIfNull(heads);
        var positions = heads[0].Next.Length;
        var each = positions == 0 ? 0 : heads[0].Candidates.Length / positions;
        var wanted = new int[positions * each * heads.Count];
        for (var h = 0; h < heads.Count; h++)
        {
            for (var n = 0; n < positions; n++)
            {
                heads[h].Candidates.AsSpan(n * each, each).CopyTo(wanted.AsSpan(((n * heads.Count) + h) * each));
            }
        }

        return wanted;
    }

    /// <summary>Adds a batch.</summary>
    /// <param name="heads">What the heads say of it, in order.</param>
    /// <param name="wanted">What they were asked for then.</param>
    /// <param name="probabilities">What each of them answered.</param>
    /// <exception cref="UserErrorException">A probability is not a number.</exception>
    public void Add(IReadOnlyList<HeadTokens> heads, int[] wanted, IReadOnlyList<double[]> probabilities)
    {
        ArgumentNullException.ThrowIfNull(heads);
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(probabilities);
        var positions = heads[0].Next.Length;
        var each = positions == 0 ? 0 : wanted.Length / positions;
        var perHead = each / heads.Count;
        var first = new int[heads.Count];
        for (var n = 0; n < positions; n++)
        {
            var next = (int)heads[0].Next[n];
            var (own, bound) = (0.0, 0.0);
            for (var h = 0; h < heads.Count; h++)
            {
                var likelihood = heads[h].LogProbability[n];
                if (!double.IsFinite(likelihood))
                {
                    throw MetricGuard.NotANumber($"The probability that head {h} gives to token {next}", likelihood);
                }

                own += Math.Exp(likelihood);
                bound += heads[h].Least[n];
                var at = (n * each) + (h * perHead);
                first[h] = wanted[at];
                _heads[h].Add(-likelihood, first[h] == next, probabilities[h][at]);
            }

            var (token, best) = (next, own);
            for (var at = n * each; at < (n + 1) * each; at++)
            {
                var sum = 0.0;
                foreach (var answer in probabilities)
                {
                    sum += answer[at];
                }

                if (sum > best || (sum == best && wanted[at] < token))
                {
                    (token, best) = (wanted[at], sum);
                }
            }

            Unproven += best < bound ? 1 : 0;
            var mean = own / heads.Count;
            var loss = heads.Count == 1 ? -heads[0].LogProbability[n] : -NegativeLogLikelihood.SafeLog(mean);
            _ensemble.Add(loss, token == next, best / heads.Count);
            for (var i = 0; i < first.Length; i++)
            {
                _disagreements += first.AsSpan(i + 1).Length - first.AsSpan(i + 1).Count(first[i]);
            }
        }
    }

    /// <summary>The figures over all tokens added so far.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added yet.</exception>
    public EvaluationReport Result()
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        var ofHeads = new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal);
        Put("accuracy", tally => tally.Accuracy);
        Put("nll", tally => tally.Loss);
        Put("ece", tally => tally.Calibration);
        Put("perplexity", tally => Math.Exp(tally.Loss));
        if (_bytesPerToken > 0)
        {
            Put("bits_per_byte", tally => tally.Loss / (Math.Log(2) * _bytesPerToken));
        }

        if (_heads.Length > 1)
        {
            values.Add("disagreement", _disagreements / (double)Count / (_heads.Length * (_heads.Length - 1) / 2));
        }

        return new(Count, values, ofHeads, null);

        void Put(string name, Func<Tally, double> value)
        {
            values.Add(name, value(_ensemble));
            ofHeads.Add(name, Array.ConvertAll(_heads, head => value(head)));
        }
    }

    /// <summary>One predictor's sums: 15 bins of equal width, (a, b], for the calibration error.</summary>
    private sealed class Tally
    {
        private const int Bins = 15;
        private readonly double[] _confidence = new double[Bins];
        private readonly long[] _correct = new long[Bins];
        private double _loss;

        public long Count { get; private set; }

        public double Loss => MetricGuard.Mean(_loss, Count);

        public double Accuracy => MetricGuard.Mean(_correct.Sum(), Count);

        public double Calibration =>
            MetricGuard.Mean(_confidence.Zip(_correct, (confidence, correct) => Math.Abs(confidence - correct)).Sum(), Count);

        public void Add(double loss, bool correct, double confidence)
        {
            var bin = Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
            _confidence[bin] += confidence;
            _correct[bin] += correct ? 1 : 0;
            _loss += loss;
            Count++;
        }
    }
}
