using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Data;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Training;

public sealed class ClassWeightsTests
{
    [Fact]
    public void A_class_counts_inversely_to_its_samples_and_all_samples_together_count_as_before()
    {
        int[] counts = [60, 30, 0, 10];
        var weights = Plan(ClassWeighting.Balanced, counts).ClassWeights!;
        Assert.Equal([100f / 180, 100f / 90, 0, 100f / 30], weights);
        Assert.Equal(100, counts.Zip(weights, (count, weight) => count * (double)weight).Sum(), 1e-4);
        Assert.Null(Plan(ClassWeighting.None, counts).ClassWeights);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(new[] { 1, 2 })]
    [InlineData(new[] { 0, 0, 0, 0 })]
    public void Who_does_not_know_the_classes_is_told_so(int[]? counts) =>
        Assert.Contains(
            "Change training.class_weights.",
            Assert.Throws<UserErrorException>(() => Plan(ClassWeighting.Balanced, counts)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void The_counts_travel_with_what_the_run_was_made_from()
    {
        var split = new SplitRecord(100, [60, 30, 0, 10], "l", "c");
        var shape = DataDescription
            .Of(
                new()
                {
                    Name = "x",
                    Shape = [3, 8, 8],
                    Classes = 4,
                    Train = split,
                    Test = split,
                }
            )
            .ToShape();
        Assert.Equal([60, 30, 0, 10], shape.ClassCounts!);
        Assert.Equal((4, 100), (shape.Classes, shape.TrainingSamples));
    }

    [Fact]
    public void They_may_not_change_when_a_run_goes_on() =>
        Assert.Contains(
            "training.class_weights",
            Assert.Single(OtherSettings.Of(new() { Training = new() { ClassWeights = ClassWeighting.Balanced } }, new())),
            StringComparison.Ordinal
        );

    private static RunPlan Plan(ClassWeighting weighting, int[]? counts) =>
        new(
            new()
            {
                Model = new() { Name = "mlp", Hidden = [4, 4] },
                Ensemble = new() { Heads = 2, BlocksInHead = 1 },
                Training = new() { Batch = 4, ClassWeights = weighting },
            },
            new DataShape(new(3, 8, 8), 4, 100) { ClassCounts = counts },
            new ModelCatalogue()
        );
}
