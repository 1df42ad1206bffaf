using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Torch;

public sealed class GeneratorTests
{
    [Fact]
    public void Equal_seeds_give_equal_numbers()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator a = new(42), b = new(42), c = new(43);
        Tensor x = rand(100, generator: a);
        Assert.True(x.Equals(rand(100, generator: b)));
        Assert.False(x.Equals(rand(100, generator: c)));
        Assert.True(randperm(50, generator: a).Equals(randperm(50, generator: b)));
        Assert.True(randint(0, 9, [20], generator: a).Equals(randint(0, 9, [20], generator: b)));
        Assert.True(zeros(9).normal_(1, 2, a).Equals(zeros(9).normal_(1, 2, b)));
        Assert.True(zeros(9).uniform_(-1, 1, a).Equals(zeros(9).uniform_(-1, 1, b)));
        Assert.True(zeros(9).bernoulli_(0.3, a).Equals(zeros(9).bernoulli_(0.3, b)));
        Assert.True(ones(9).multinomial(4, false, a).Equals(ones(9).multinomial(4, false, b)));
    }

    [Fact]
    public void A_state_brings_the_same_numbers_back()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator a = new(1);
        _ = randn(7, generator: a);
        Tensor state = a.get_state();
        Assert.Equal(ScalarType.Byte, state.dtype);
        byte[] saved = state.bytes.ToArray();
        Tensor first = randn(33, generator: a);
        using Generator b = new(99);
        b.set_state(tensor(saved));
        Assert.True(first.Equals(randn(33, generator: b)));
        Assert.Equal(saved.Length, b.get_state().numel());
    }

    [Fact]
    public void Seeding_again_starts_over()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator a = new(5);
        Tensor x = rand(3, generator: a);
        a.manual_seed(5);
        Assert.True(x.Equals(rand(3, generator: a)));
        Assert.Equal(5, a.initial_seed());
    }
}
