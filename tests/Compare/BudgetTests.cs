using System.Globalization;
using NeuroTrails.Client.Compare;
using NeuroTrails.Configuration;
using NeuroTrails.Methods;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Compare;

/// <summary>Budgets against naive searches over everything that there is.</summary>
public sealed class BudgetTests
{
    private static readonly ModelCatalogue Models = new();
    private static readonly DataShape Data = new(new(1, 8, 8), 5, 400);

    /// <summary>Every method, some with random settings.</summary>
    public static TheoryData<string> Methods => [.. EnsembleMethods.All.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Steps_are_those_that_come_nearest_to_the_operations(string method)
    {
        var random = new Random(method.Length);
        for (var round = 0; round < 10; round++)
        {
            string[] settings = ["model.name=wrn-10-1", "model.dropout=0.1", "training.batch=24", "ensemble.heads=2"];
            var begin = Plan(method, [.. settings, FlopsBudget.Assignment(random.Next(200, 400))]);
            var target = begin.TrainingFlops * (0.5 + random.NextDouble());
            var best = FlopsBudget.Fit(steps => Plan(method, [.. settings, FlopsBudget.Assignment(steps)]), begin, target);
            var step = best.TrainingFlops / best.Plan.TotalSteps;
            Assert.InRange(Math.Abs(best.TrainingFlops - target), 0, IsEven(begin) ? 0.51 * step : 3 * step);
        }

        // Where every step costs the same, the nearest number is at most half of one away.
        bool IsEven(Candidate candidate) =>
            Math.Abs(
                (Plan(method, [.. candidate.Settings, FlopsBudget.Assignment(400)]).TrainingFlops / 400)
                    - (Plan(method, [.. candidate.Settings, FlopsBudget.Assignment(200)]).TrainingFlops / 200)
            ) < 1;
    }

    [Fact]
    public void The_width_of_a_wide_network_is_the_nearest_of_all()
    {
        var random = new Random(5);
        var single = Enumerable.Range(10, 291).Select(hundredths => Single(hundredths / 100m).Parameters).ToList();
        for (var round = 0; round < 12; round++)
        {
            var target = (long)(single[0] + (random.NextDouble() * (single[^1] - single[0])));
            var begin = Single(random.Next(1, 4));
            var (best, tried) = ParameterBudget.Fit(width => Plan("single", ["ensemble.heads=1", width]), begin, target);
            Assert.Equal(single.Min(parameters => Math.Abs(parameters - target)), Math.Abs(best.Parameters - target));
            Assert.True(tried.Count <= 25, string.Join(", ", tried));
            Assert.Contains(best.Plan.Options.Model.Name, string.Join(' ', tried), StringComparison.Ordinal);
        }

        static Candidate Single(decimal widening) =>
            Plan("single", [string.Create(CultureInfo.InvariantCulture, $"model.name=wrn-10-{widening:0.##}")]);
    }

    [Fact]
    public void Sparse_heads_and_one_dense_network_come_within_the_tolerance()
    {
        var reference = Plan("neurotrails", ["model.name=wrn-16-4", "ensemble.heads=3", "ensemble.blocks_in_head=2"]);
        foreach (var method in EnsembleMethods.All)
        {
            var begin = Plan(method.Name, ["model.name=wrn-16-4", "model.dropout=0.1", "training.batch=120", "training.steps=400"]);
            var (best, _) = ParameterBudget.Fit(width => Plan(method.Name, ["model.dropout=0.1", "training.batch=120", "training.steps=400", width]), begin, reference.Parameters);
            Assert.InRange(Math.Abs(best.Parameters - reference.Parameters), 0, ParameterBudget.Tolerance * reference.Parameters);
        }
    }

    [Fact]
    public void All_layers_of_a_perceptron_are_scaled_alike()
    {
        var begin = Plan("single", ["model.name=mlp", "model.hidden=[100,50]"]);
        var (best, _) = ParameterBudget.Fit(width => Plan("single", ["model.name=mlp", width]), begin, begin.Parameters * 3);
        Assert.InRange((double)best.Parameters / begin.Parameters, 2.95, 3.05);
        Assert.InRange((double)best.Plan.Options.Model.Hidden[0] / best.Plan.Options.Model.Hidden[1], 1.95, 2.05);
    }

    [Fact]
    public void A_network_without_a_width_is_refused()
    {
        var begin = Plan("single", ["model.name=resnet18"]);
        Assert.Contains(
            "resnet18 has none; allowed: wrn-D-K and mlp",
            Assert.Throws<UserErrorException>(() => ParameterBudget.Fit(_ => begin, begin, 1)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("wrn-10-0.75", 12, 24, 48)]
    [InlineData("wrn-10-1", 16, 32, 64)]
    [InlineData("wrn-10-1.50", 24, 48, 96)]
    [InlineData("wrn-10-0.1", 2, 3, 6)]
    public void A_widening_may_have_decimals(string name, params int[] widths)
    {
        var plan = Plan("single", [$"model.name={name}"]).Plan;
        var found = plan.Part(OwnerId.All(1).Last())
            .Tensors.Concat(plan.Backbone.Tensors)
            .Where(spec => spec.Name.EndsWith("conv2.weight", StringComparison.Ordinal))
            .Select(spec => (int)spec.Shape[0])
            .Order();
        Assert.Equal(widths, found);
    }

    [Theory]
    [InlineData("wrn-10-0.05")]
    [InlineData("wrn-10-0.755")]
    [InlineData("wrn-10-1001")]
    [InlineData("wrn-10--1")]
    [InlineData("wrn-10-1e1")]
    [InlineData("wrn-11-0.5")]
    public void Other_widenings_are_refused(string name) => Assert.False(Models.Has(name));

    private static Candidate Plan(string method, IReadOnlyList<string> settings)
    {
        var reader = new RunOptionsReader().AddAssignment($"ensemble.method={method}");
        var fixedByMethod = EnsembleMethods.Of(method).Fixed;
        var laid = Candidate.Lay([.. settings.Where(setting => !fixedByMethod.ContainsKey(setting.Split('=')[0]))]);
        foreach (var setting in laid)
        {
            reader.AddAssignment(setting);
        }

        return new(method, laid, new(reader.Read(), Data, Models));
    }
}
