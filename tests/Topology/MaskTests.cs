using NeuroTrails.Configuration;
using NeuroTrails.Models;
using NeuroTrails.Topology;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Topology;

public sealed class MaskTests
{
    [Fact]
    public void Setting_a_mask_zeroes_what_it_masks()
    {
        using var scope = NewDisposeScope();
        using var trial = Trial.Of([4], [1, -2, 3, -4], [true, true, true, true], new double[4]);
        trial.Parameter.Moment(Trial.MomentName).copy_(ones(4, ScalarType.Float64));
        using var mask = tensor(new[] { true, false, false, true });
        MaskStore.Set(trial.Parameter, mask);
        Assert.Equal(2, trial.Parameter.Active);
        Assert.Equal([1.0, 0, 0, -4], Trial.Host(trial.Parameter.Value));
        Assert.Equal([1.0, 0, 0, 1], Trial.Host(trial.Parameter.Moments[Trial.MomentName]));
        MaskInvariants.Check(trial.Parameter);
        using var wrong = tensor(new[] { true, false });
        Assert.Contains(
            "block.conv.weight",
            Assert.Throws<ArgumentException>(() => MaskStore.Set(trial.Parameter, wrong)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Drawing_by_budget_gives_the_exact_count_or_no_mask()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1, CPU);
        using var trial = Trial.Of(
            [4, 5],
            [.. Enumerable.Range(1, 20).Select(i => (double)i)],
            [.. Enumerable.Repeat(true, 20)],
            new double[20]
        );
        MaskStore.Draw(trial.Parameter, new(trial.Parameter.Spec, 7), Compatibility.GoodPractice, generator);
        Assert.Equal(7, trial.Parameter.Active);
        Assert.Equal(7, Trial.Host(trial.Parameter.Value).Count(value => value != 0));
        MaskStore.Draw(trial.Parameter, new(trial.Parameter.Spec, 20), Compatibility.Official, generator);
        Assert.Null(trial.Parameter.Mask);
        MaskStore.Draw(trial.Parameter, new(trial.Parameter.Spec, 10), Compatibility.Official, generator);
        MaskInvariants.Check(trial.Parameter);
    }

    [Fact]
    public void Every_broken_invariant_is_named_with_its_figures()
    {
        Breaks("2 active positions in the mask, expected 3", parameter => parameter.SetMask(parameter.Mask!, 3));
        Breaks("1 masked weights not zero", parameter => Put(parameter.Value, [1, 2, 3, 0]));
        Breaks("1 masked values of moment 'momentum' not zero", parameter => Put(parameter.Moment(Trial.MomentName), [1, 2, 0, 3]));
        Breaks("1 weights not finite", parameter => Put(parameter.Value, [double.NaN, 2, 0, 0]));
        Breaks(
            "2 values of moment 'momentum' not finite",
            parameter => Put(parameter.Moment(Trial.MomentName), [double.PositiveInfinity, double.NaN, 0, 0])
        );
    }

    [Fact]
    public void The_benchmark_runs() => Assert.True(TopologyBenchmark.Run(1, new(), CPU, TimeProvider.System, repeats: 1) > TimeSpan.Zero);

    private static void Breaks(string message, Action<Parameter> damage)
    {
        using var scope = NewDisposeScope();
        using var trial = Trial.Of([4], [1, 2, 0, 0], [true, true, false, false], new double[4]);
        MaskInvariants.Check(trial.Parameter);
        damage(trial.Parameter);
        var error = Assert.Throws<TopologyInvariantException>(() => MaskInvariants.Check(trial.Parameter));
        Assert.Contains("block.conv.weight: " + message, error.Message, StringComparison.Ordinal);
    }

    private static void Put(Tensor target, double[] values)
    {
        using var noGrad = no_grad();
        target.copy_(tensor(values));
    }
}
