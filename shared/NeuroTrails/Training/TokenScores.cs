using NeuroTrails.Execution;
using NeuroTrails.Metrics;
using static TorchSharp.torch;

namespace NeuroTrails.Training;

/// <summary>A head's scores of a batch of texts, where they are: what is needed of them is read off, and they go nowhere.</summary>
internal sealed class TokenScores : IDisposable
{
    // Rows that are summed in float64 at once: 32 MiB.
    private const long Piece = 1 << 22;

    private readonly Tensor _logits_NV;
    private readonly Tensor _next_N;
    private readonly Tensor _normaliser_N;

    /// <summary>Keeps the scores of the positions that have a next token.</summary>
    /// <param name="key">Names the batch.</param>
    /// <param name="logits_BLV">[B, L, V].</param>
    /// <param name="next_BL">int64 [B, L], −1 where there is none.</param>
    public TokenScores(int key, Tensor logits_BLV, Tensor next_BL)
    {
        using var scope = NewDisposeScope();
        Key = key;
        var next_R = next_BL.flatten();
        var rows_N = next_R.ge(Scalars.Of(0)).nonzero().flatten();
        _logits_NV = logits_BLV.flatten(0, 1).index_select(0, rows_N).DetachFromDisposeScope();
        _next_N = next_R.index_select(0, rows_N).DetachFromDisposeScope();
        var rows = Math.Max(1, (int)(Piece / _logits_NV.shape[1]));
        var sums = new List<Tensor>();
        for (var start = 0L; start < _logits_NV.shape[0]; start += rows)
        {
            var count = Math.Min(rows, _logits_NV.shape[0] - start);
            sums.Add(_logits_NV.narrow(0, start, count).to_type(ScalarType.Float64).logsumexp(1));
        }

        _normaliser_N = (sums.Count == 0 ? empty([0], ScalarType.Float64) : cat([.. sums])).DetachFromDisposeScope();
    }

    /// <summary>Names the batch.</summary>
    public int Key { get; }

    /// <summary>What travels.</summary>
    /// <param name="head">Index of the head.</param>
    /// <param name="candidates">K: how many of the most probable tokens.</param>
    public HeadTokens Of(int head, int candidates)
    {
        using var scope = NewDisposeScope();
        var (values_NK, tokens_NK) = _logits_NV.topk(candidates, 1, true, true);
        var least_N = values_NK.select(1, candidates - 1).to_type(ScalarType.Float64).sub(_normaliser_N).exp();
        var own_N = _logits_NV.gather(1, _next_N.unsqueeze(1)).squeeze(1).to_type(ScalarType.Float64).sub(_normaliser_N);
        return new(
            head,
            _next_N.cpu().data<long>().ToArray(),
            HostCopies.Doubles(own_N),
            tokens_NK.to_type(ScalarType.Int32).cpu().contiguous().data<int>().ToArray(),
            HostCopies.Doubles(least_N)
        );
    }

    /// <summary>Probabilities of K tokens for each target [N, K].</summary>
    public double[] Probabilities(int[] tokens_NK)
    {
        if (tokens_NK.Length == 0)
        {
            return [];
        }

        using var scope = NewDisposeScope();
        var positions = _logits_NV.shape[0];
        var wanted_NK = tensor(tokens_NK, [positions, tokens_NK.Length / positions]).to(ScalarType.Int64, _logits_NV.device);
        return HostCopies.Doubles(_logits_NV.gather(1, wanted_NK).to_type(ScalarType.Float64).sub(_normaliser_N.unsqueeze(1)).exp());
    }

    public void Dispose()
    {
        _logits_NV.Dispose();
        _next_N.Dispose();
        _normaliser_N.Dispose();
    }
}
