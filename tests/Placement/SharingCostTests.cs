using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Models;
using NeuroTrails.Silo.Placement;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Placement;

public sealed class SharingCostTests
{
    // wrn-10-1 without its last two blocks on 32×32 images: 16 channels of 32×32.
    private const long Activation = 16 * 32 * 32;

    [Fact]
    public void Activations_cost_once_for_each_silo_elsewhere_and_back_for_each_head_there()
    {
        var plan = Plan(64, ActivationType.Arithmetic);
        Assert.Equal(0, SharingCost.OfActivations(plan, Layout("a", "a", "a")));
        Assert.Equal(64 * ((3 * Activation * 4) + (2 * 8)), SharingCost.OfActivations(plan, Layout("a", "b", "b")));
        Assert.Equal(64 * ((4 * Activation * 4) + (2 * 8)), SharingCost.OfActivations(plan, Layout("a", "b", "c")));
        Assert.Equal(64 * ((2 * Activation * 2) + 8), SharingCost.OfActivations(Plan(64, ActivationType.Bfloat16), Layout("a", "a", "b")));
    }

    [Fact]
    public void Gradients_cost_the_active_positions_there_and_back_for_each_silo_elsewhere_and_now_and_then_all_of_them()
    {
        var plan = Plan(64, ActivationType.Arithmetic);
        var all = plan.Backbone.Parameters.Sum(spec => spec.Count);
        var active = all - plan.Backbone.Maskable.Sum(spec => spec.Count) + plan.MaskedActive(OwnerId.Backbone);
        var statistics = plan.Backbone.Tensors.Sum(spec => spec.Count) - all;
        var updates = Enumerable.Range(1, (int)plan.TotalSteps).Count(step => plan.UpdatesTopology(step));
        var expected = ((2.0 * ((updates * all) + ((plan.TotalSteps - updates) * active)) / plan.TotalSteps) + statistics) * 4;
        Assert.InRange(updates, 5, 20);
        Assert.Equal(expected, SharingCost.OfGradients(plan, Layout("a", "b", "b")), 6);
        Assert.Equal(2 * expected, SharingCost.OfGradients(plan, Layout("a", "b", "c")), 6);
        Assert.Equal(0, SharingCost.OfGradients(plan, Layout("a", "a", "a")));
    }

    [Theory]
    [InlineData(64, "a b b", Sharing.Gradients)]
    [InlineData(1, "a b b", Sharing.Gradients)]
    [InlineData(64, "a a a", Sharing.Activations)]
    public void The_way_of_fewer_bytes_is_chosen(int batch, string silos, Sharing expected) =>
        Assert.Equal(expected, SharingCost.Choose(Plan(batch, ActivationType.Arithmetic), Layout(silos.Split(' '))));

    private static RunPlan Plan(int batch, ActivationType activations)
    {
        var options = new RunOptions
        {
            Model = new() { Name = "wrn-10-1" },
            Ensemble = new() { Heads = 2, BlocksInHead = 2 },
            Topology = new() { Density = 0.2, Every = 7 },
            Training = new()
            {
                Batch = batch,
                Steps = 100,
                ActivationDtype = activations,
            },
        };
        return new(options, new(new(3, 32, 32), 10, 50_000), new ModelCatalogue());
    }

    private static Dictionary<OwnerId, OwnerLocation> Layout(params string[] silos) =>
        OwnerId
            .All(silos.Length - 1)
            .ToDictionary(
                owner => owner,
                owner => new OwnerLocation(owner.ToString(), silos[owner.Head + 1], silos[owner.Head + 1], "cpu")
            );
}
