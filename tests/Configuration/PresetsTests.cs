using NeuroTrails.Configuration;

namespace NeuroTrails.Tests.Configuration;

public sealed class PresetsTests
{
    [Fact]
    public void All_promised_presets_are_there() =>
        Assert.Equal(
            ["cifar10", "cifar100-wrn28x10", "fashion-mnist", "imagenet-resnet50", "quickstart", "shakespeare", "tiny-imagenet"],
            Presets.Names
        );

    [Fact]
    public void Every_preset_is_valid() => Assert.All(Presets.Names, name => Assert.NotNull(Load(name)));

    [Fact]
    public void Quickstart_is_what_the_readme_promises()
    {
        var options = Load("quickstart");
        Assert.Equal(
            ("glyphs", 3, 0.2, 25),
            (options.Data.Name, options.Ensemble.Heads, options.Topology.Density, options.Checkpoint.EverySteps)
        );
    }

    [Theory]
    [InlineData("cifar100-wrn28x10", "wrn-28-10", 8, 0.2, 450, 128, 0.1, 0.9, 5e-4, GrowRule.Gradient)]
    [InlineData("tiny-imagenet", "wrn-28-10", 8, 0.2, 200, 128, 0.1, 0.9, 5e-4, GrowRule.Gradient)]
    [InlineData("imagenet-resnet50", "resnet50", 10, 0.3, 200, 256, 0.256, 0.875, 3.05e-5, GrowRule.Random)]
    public void The_papers_settings_are_kept(
        string name,
        string model,
        int blocks,
        double density,
        double epochs,
        int batch,
        double rate,
        double momentum,
        double decay,
        GrowRule grow
    )
    {
        var options = Load(name);
        Assert.Equal(
            (model, 3, blocks, LossCombination.Mean),
            (options.Model.Name, options.Ensemble.Heads, options.Ensemble.BlocksInHead, options.Ensemble.Loss)
        );
        Assert.Equal(
            (density, DropRule.Magnitude, grow, 1000, 0.5, 0.005, 1.0),
            (
                options.Topology.Density,
                options.Topology.Drop,
                options.Topology.Grow,
                options.Topology.Every,
                options.Topology.PruneRate,
                options.Topology.PruneRateEnd,
                options.Topology.UpdateUntil
            )
        );
        var training = options.Training;
        Assert.Equal(
            (epochs, batch, rate, momentum, decay, true),
            (training.Epochs, training.Batch, training.LearningRate, training.Momentum, training.WeightDecay, training.Nesterov)
        );
        Assert.Equal((OptimizerKind.Sgd, LearningRateScheduleKind.MultiStep, 0.1), (training.Optimizer, training.Schedule, training.Gamma));
        Assert.Equal([0.25, 0.5, 0.75], training.Milestones);
    }

    private static RunOptions Load(string name) => new RunOptionsReader().AddPreset(name).Read();
}
