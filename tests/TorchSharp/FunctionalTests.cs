using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NeuroTrails.Tests.Torch;

/// <summary>The functional layers against loops over plain arrays.</summary>
public sealed class FunctionalTests
{
    private readonly Random random = new(11);

    [Fact]
    public void Conv2d_is_a_sum_over_the_window()
    {
        for (int round = 0; round < 30; round++)
        {
            using DisposeScope scope = NewDisposeScope();
            int b = random.Next(1, 3), c = random.Next(1, 4), o = random.Next(1, 4), h = random.Next(3, 8), k = random.Next(1, 4);
            int stride = random.Next(1, 3), pad = random.Next(0, 2);
            float[] x = Draw(b * c * h * h), w = Draw(o * c * k * k), bias = Draw(o);
            Tensor y = functional.conv2d(tensor(x).reshape(b, c, h, h), tensor(w).reshape(o, c, k, k), tensor(bias), [stride], [pad]);
            int size = ((h + (2 * pad) - k) / stride) + 1;
            Assert.Equal([b, o, size, size], y.shape);
            float[] actual = y.data<float>().ToArray();
            int at = 0;
            for (int n = 0; n < b; n++)
                for (int q = 0; q < o; q++)
                    for (int i = 0; i < size; i++)
                        for (int j = 0; j < size; j++)
                        {
                            double sum = bias[q];
                            for (int ch = 0; ch < c; ch++)
                                for (int u = 0; u < k; u++)
                                    for (int v = 0; v < k; v++)
                                    {
                                        int r = (i * stride) + u - pad, s = (j * stride) + v - pad;
                                        if (r >= 0 && s >= 0 && r < h && s < h)
                                        {
                                            sum += x[(((n * c) + ch) * h * h) + (r * h) + s] * w[(((q * c) + ch) * k * k) + (u * k) + v];
                                        }
                                    }
                            Assert.Equal(sum, actual[at++], 1e-3);
                        }
        }
    }

    [Fact]
    public void Batch_norm_uses_and_keeps_the_moments()
    {
        using DisposeScope scope = NewDisposeScope();
        const int b = 5, c = 3, n = 4;
        float[] x = Draw(b * c * n * n);
        Tensor mean = zeros(c), variance = ones(c), weight = tensor(new[] { 1f, 2, 3 }), bias = tensor(new[] { 0f, 1, -1 });
        float[] y = functional.batch_norm(tensor(x).reshape(b, c, n, n), mean, variance, weight, bias, training: true, momentum: 0.1, eps: 1e-5)
            .data<float>().ToArray();
        for (int ch = 0; ch < c; ch++)
        {
            double[] values = [.. Enumerable.Range(0, b).SelectMany(i => Enumerable.Range(0, n * n).Select(j => (double)x[(((i * c) + ch) * n * n) + j]))];
            double m = values.Average(), v = values.Sum(t => (t - m) * (t - m)) / values.Length;
            Assert.Equal(0.1 * m, mean[ch].ToDouble(), 1e-5);
            Assert.Equal(0.9 + (0.1 * v * values.Length / (values.Length - 1)), variance[ch].ToDouble(), 1e-4);
            double expected = ((x[ch * n * n] - m) / Math.Sqrt(v + 1e-5) * (ch + 1)) + (ch == 0 ? 0 : ch == 1 ? 1 : -1);
            Assert.Equal(expected, y[ch * n * n], 1e-3);
        }
        Tensor fixedMoments = functional.batch_norm(tensor(x).reshape(b, c, n, n), mean, variance, training: false);
        Assert.Equal((x[0] - mean[0].ToDouble()) / Math.Sqrt(variance[0].ToDouble() + 1e-5), fixedMoments[0, 0, 0, 0].ToDouble(), 1e-4);
    }

    [Fact]
    public void Cross_entropy_with_smoothing_and_every_reduction()
    {
        using DisposeScope scope = NewDisposeScope();
        const int n = 6, c = 5;
        const double smoothing = 0.1;
        float[] x = Draw(n * c);
        long[] labels = [.. Enumerable.Range(0, n).Select(_ => (long)random.Next(c))];
        double[] losses = new double[n];
        for (int i = 0; i < n; i++)
        {
            double lse = Math.Log(Enumerable.Range(0, c).Sum(j => Math.Exp(x[(i * c) + j])));
            double hit = lse - x[(i * c) + labels[i]], mean = Enumerable.Range(0, c).Average(j => lse - x[(i * c) + j]);
            losses[i] = ((1 - smoothing) * hit) + (smoothing * mean);
        }
        Tensor logits = tensor(x).reshape(n, c), target = tensor(labels);
        Assert.Equal(losses.Average(), functional.cross_entropy(logits, target, label_smoothing: smoothing).ToDouble(), 1e-4);
        Assert.Equal(losses.Sum(), functional.cross_entropy(logits, target, reduction: Reduction.Sum, label_smoothing: smoothing).ToDouble(), 1e-4);
        float[] each = functional.cross_entropy(logits, target, reduction: Reduction.None, label_smoothing: smoothing).data<float>().ToArray();
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(losses[i], each[i], 1e-4);
        }
        Assert.Equal(functional.cross_entropy(logits, target).ToDouble(), functional.nll_loss(functional.log_softmax(logits, 1), target).ToDouble(), 1e-5);
    }

    [Fact]
    public void Pools_pads_and_resizes()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(16, dtype: float32).reshape(1, 1, 4, 4);
        Assert.Equal([5f, 7, 13, 15], functional.max_pool2d(x, 2).data<float>().ToArray());
        Assert.Equal([2.5f, 4.5f, 10.5f, 12.5f], functional.avg_pool2d(x, 2).data<float>().ToArray());
        Assert.Equal([7.5f], functional.adaptive_avg_pool2d(x, 1).data<float>().ToArray());
        Tensor padded = functional.pad(x, (1, 1, 1, 1), value: 2);
        Assert.Equal([1L, 1, 6, 6], padded.shape);
        Assert.Equal(120f + (20 * 2), padded.sum().ToSingle());
        Assert.Equal(5f, functional.pad(x, [1, 1, 1, 1], PaddingModes.Reflect)[0, 0, 0, 0].ToSingle());
        Assert.Equal([1L, 1, 8, 8], functional.interpolate(x, scale_factor: [2, 2]).shape);
        Assert.Equal(0f, functional.interpolate(x, size: [2, 2])[0, 0, 0, 0].ToSingle());
        Assert.Equal([0f, 0, 1], functional.one_hot(tensor(new long[] { 2 }), 3).to(float32).flatten().data<float>().ToArray());
    }

    [Fact]
    public void Norms_activations_and_attention()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] v = Draw(12);
        Tensor x = tensor(v).reshape(3, 4);
        Tensor normed = functional.layer_norm(x, [4]);
        Assert.True(normed.mean([1]).abs().max().ToDouble() < 1e-6);
        Assert.True(functional.group_norm(x, 2).allclose(functional.layer_norm(x.reshape(3, 2, 2), [2]).reshape(3, 4), atol: 1e-5));
        Assert.Equal(v[0] / (1 + Math.Exp(-v[0])), functional.silu(x)[0, 0].ToDouble(), 1e-5);
        Assert.Equal(3.0, functional.softmax(x, 1).sum().ToDouble(), 1e-5);
        Tensor q = randn(2, 5, 4, generator: new Generator(1)), k = randn(2, 5, 4, generator: new Generator(2)), w = randn(2, 5, 4, generator: new Generator(3));
        Tensor scores = (q.matmul(k.transpose(1, 2)) / 2).masked_fill(ones(5, 5).triu(1).to(@bool), double.NegativeInfinity);
        Tensor expected = scores.softmax(2).matmul(w);
        Assert.True(functional.scaled_dot_product_attention(q, k, w, is_casual: true).allclose(expected, 1e-4, 1e-5));
        Assert.True(functional.linear(x, ones(2, 4), ones(2)).allclose(x.sum(1, keepdim: true).expand(3, 2) + 1, 1e-4, 1e-5));
    }

    private float[] Draw(int n) => [.. Enumerable.Range(0, n).Select(_ => (float)((random.NextDouble() * 2) - 1))];
}
