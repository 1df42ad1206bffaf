using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Packages;

/// <summary>What the product takes for granted of TorchSharp and libtorch; where a new version changes it, this says what.</summary>
public sealed class TorchSharpAssumptionTests
{
    [Fact]
    public void Threads_of_an_operation_are_set_for_each_thread_and_change_no_bit_of_a_neighbour()
    {
        var results = new float[3];
        var seen = new int[3];
        for (var i = 0; i < 3; i++)
        {
            var index = i;
            OnAnotherThread(() =>
            {
                set_num_threads(1 + (index % 2));
                using var scope = NewDisposeScope();
                using Generator generator = new(8);
                results[index] = randn(300, 300, generator: generator).mm(ones(300, 300)).sum().ToSingle();
                seen[index] = get_num_threads();
            });
        }

        Assert.Equal([1, 2, 1], seen);
        Assert.Equal(results[0], results[2]);
    }

    [Fact]
    public void Dispose_scopes_and_no_grad_belong_to_their_thread()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_();
        Tensor? made = null;
        var recorded = false;
        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            var before = scope.DisposablesCount;
            OnAnotherThread(() =>
            {
                made = zeros(1);
                using var product = x * 2;
                recorded = product.requires_grad;
            });
            Assert.Equal(before, scope.DisposablesCount);
        }

        Assert.True(recorded);
        made!.Dispose();
    }

    [Fact]
    public void A_generator_goes_on_from_its_saved_state()
    {
        using var scope = NewDisposeScope();
        using Generator first = new(1);
        _ = randn(7, generator: first);
        var saved = first.get_state().bytes.ToArray();
        var expected = randn(33, generator: first);
        using Generator second = new(99);
        second.set_state(tensor(saved));
        Assert.True(expected.Equals(randn(33, generator: second)));
    }

    [Fact]
    public void Ties_of_a_stable_sort_keep_their_order()
    {
        using var scope = NewDisposeScope();
        Random random = new(3);
        for (var round = 0; round < 200; round++)
        {
            var values = Enumerable.Range(0, random.Next(1, 300)).Select(_ => random.Next(6)).ToArray();
            var (_, order) = tensor(values).sort(0, descending: true, stable: true);
            Assert.Equal(
                Enumerable.Range(0, values.Length).OrderByDescending(i => values[i]),
                order.data<long>().ToArray().Select(i => (int)i)
            );
        }
    }

    [Fact]
    public void Channels_last_is_two_permutations_and_survives_pointwise_operations()
    {
        using var scope = NewDisposeScope();
        var x = arange(2 * 3 * 4 * 5, dtype: float32).reshape(2, 3, 4, 5);
        var y = x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        Assert.Equal([60L, 1, 15, 3], y.stride());
        Assert.True(x.Equals(y));
        Assert.Equal([60L, 1, 15, 3], (nn.functional.relu(y) + 1).stride());
    }

    [Fact]
    public void An_alias_shares_the_gradient_and_outlives_its_origin()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_();
        var other = x.alias();
        (other * 3).sum().backward();
        Assert.Equal([3f, 3], x.grad!.data<float>().ToArray());
        x.Dispose();
        Assert.Equal(2f, other.sum().ToSingle());
    }

    [Fact]
    public void Failures_are_exceptions_and_later_work_goes_on()
    {
        using var scope = NewDisposeScope();
        // Not matmul: its native code lets the exception pass, which ends the process.
        var failure = Assert.Throws<ExternalException>(() => ones(2, 3).mm(ones(2, 3)));
        Assert.Contains("mat1 and mat2", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2f, ones(2).sum().ToSingle());
    }

    private static void OnAnotherThread(Action action)
    {
        Thread thread = new(() => action());
        thread.Start();
        thread.Join();
    }
}
