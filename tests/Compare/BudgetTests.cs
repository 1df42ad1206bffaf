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

    // One that needs a trained run to learn from is impossible here.
    private static readonly List<string> Possible = [.. EnsembleMethods.All.Select(method => method.Name).Where(IsPossible)];

    /// <summary>Every method that needs nothing else.</summary>
    public static TheoryData<string> Methods => [.. Possible];

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
    public void The_width_is_the_nearest_of_all()
    {
        var random = new Random(5);
        var single = Enumerable.Range(10, 3000).Select(thousandths => Single(thousandths / 1000.0).Parameters).ToList();
        for (var round = 0; round < 12; round++)
        {
            var target = (long)(single[0] + (random.NextDouble() * (single[^1] - single[0])));
            var begin = Single(0.5 + random.NextDouble());
            var (best, tried) = ParameterBudget.Fit(width => Plan("single", ["model.name=mlp", width]), begin, target);
            Assert.Equal(single.Min(parameters => Math.Abs(parameters - target)), Math.Abs(best.Parameters - target));
            Assert.True(tried.Count <= 25, string.Join(", ", tried));
        }

        static Candidate Single(double width) =>
            Plan("single", ["model.name=mlp", string.Create(CultureInfo.InvariantCulture, $"model.width={width:0.###}")]);
    }

    [Fact]
    public void Sparse_heads_and_one_dense_network_come_within_the_tolerance()
    {
        Assert.InRange(Possible.Count, EnsembleMethods.All.Count - 2, EnsembleMethods.All.Count);
        var reference = Plan("neurotrails", ["model.name=wrn-16-4", "ensemble.heads=3", "ensemble.blocks_in_head=2"]);
        string[] common = ["model.dropout=0.1", "training.batch=120", "training.steps=400"];
        foreach (var method in Possible)
        {
            var begin = Plan(method, ["model.name=wrn-16-4", .. common]);
            var (best, _) = ParameterBudget.Fit(width => Plan(method, [.. common, width]), begin, reference.Parameters);
            var off = Math.Abs(best.Parameters - reference.Parameters);
            Assert.True(off <= ParameterBudget.Tolerance * reference.Parameters, $"{method} is off by {off}");
        }
    }

    private static bool IsPossible(string method)
    {
        try
        {
            var plan = Plan(
                method,
                ["model.name=wrn-10-1", "model.dropout=0.1", "training.batch=24", "ensemble.heads=2", "training.steps=300"]
            );
            return plan.TrainingFlops > 0;
        }
        catch (UserErrorException)
        {
            return false;
        }
    }

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
