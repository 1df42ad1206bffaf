using NeuroTrails.Models;

namespace NeuroTrails.Tests.Models;

/// <summary>A llama in plain loops: no tensors, no batches.</summary>
internal sealed class NaiveLlama(OwnerTensors tensors, int hidden, int intermediate, int heads, int layers)
{
    private readonly Dictionary<string, double[]> _weights = tensors.Parameters.ToDictionary(
        parameter => parameter.Spec.Name,
        parameter => parameter.Value.detach().flatten().data<double>().ToArray()
    );

    /// <summary>Scores [L][V] of one window.</summary>
    public double[][] Scores(long[] tokens, int vocabulary)
    {
        var x = tokens.Select(token => _weights["embed_tokens.weight"].AsSpan((int)token * hidden, hidden).ToArray()).ToArray();
        for (var layer = 0; layer < layers; layer++)
        {
            var block = $"block{layer}";
            var normed = x.Select(row => Norm(row, $"{block}.input_layernorm.weight")).ToArray();
            var seen = Attention(
                [.. normed.Select(row => Linear(row, $"{block}.self_attn.q_proj.weight", hidden))],
                [.. normed.Select(row => Linear(row, $"{block}.self_attn.k_proj.weight", hidden))],
                [.. normed.Select(row => Linear(row, $"{block}.self_attn.v_proj.weight", hidden))]
            );
            x = [.. x.Zip(seen, (row, more) => Sum(row, Linear(more, $"{block}.self_attn.o_proj.weight", hidden)))];
            x =
            [
                .. x.Select(row =>
                {
                    var inner = Norm(row, $"{block}.post_attention_layernorm.weight");
                    var gate = Linear(inner, $"{block}.mlp.gate_proj.weight", intermediate).Select(v => v / (1 + Math.Exp(-v)));
                    var gated = gate.Zip(Linear(inner, $"{block}.mlp.up_proj.weight", intermediate), (a, b) => a * b).ToArray();
                    return Sum(row, Linear(gated, $"{block}.mlp.down_proj.weight", hidden));
                }),
            ];
        }

        return [.. x.Select(row => Linear(Norm(row, "tail.norm.weight"), "tail.lm_head.weight", vocabulary))];
    }

    private double[][] Attention(double[][] query, double[][] key, double[][] value)
    {
        var size = hidden / heads;
        var result = query.Select(_ => new double[hidden]).ToArray();
        for (var head = 0; head < heads; head++)
        {
            for (var at = 0; at < query.Length; at++)
            {
                var scores = new double[at + 1];
                for (var other = 0; other <= at; other++)
                {
                    var (q, k) = (Rotated(query[at], head, at), Rotated(key[other], head, other));
                    scores[other] = Math.Exp(q.Zip(k, (a, b) => a * b).Sum() / Math.Sqrt(size));
                }

                for (var other = 0; other <= at; other++)
                {
                    for (var i = 0; i < size; i++)
                    {
                        result[at][(head * size) + i] += scores[other] / scores.Sum() * value[other][(head * size) + i];
                    }
                }
            }
        }

        return result;
    }

    private double[] Rotated(double[] row, int head, int position)
    {
        var size = hidden / heads;
        var part = row.AsSpan(head * size, size).ToArray();
        var turned = new double[size];
        for (var i = 0; i < size / 2; i++)
        {
            var (sine, cosine) = Math.SinCos(position * Math.Pow(10_000, -2.0 * i / size));
            turned[i] = (part[i] * cosine) - (part[i + (size / 2)] * sine);
            turned[i + (size / 2)] = (part[i + (size / 2)] * cosine) + (part[i] * sine);
        }

        return turned;
    }

    private double[] Norm(double[] row, string weight)
    {
        var scale = 1 / Math.Sqrt((row.Sum(v => v * v) / row.Length) + 1e-6);
        return [.. row.Zip(_weights[weight], (v, w) => v * scale * w)];
    }

    private double[] Linear(double[] row, string weight, int outputs) =>
        [.. Enumerable.Range(0, outputs).Select(o => row.Select((v, i) => v * _weights[weight][(o * row.Length) + i]).Sum())];

    private static double[] Sum(double[] left, double[] right) => [.. left.Zip(right, (a, b) => a + b)];
}
