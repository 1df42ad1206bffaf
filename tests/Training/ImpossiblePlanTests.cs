using NeuroTrails.Configuration;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Training;

/// <summary>Settings that are each allowed, and together no run that could be.</summary>
public sealed class ImpossiblePlanTests
{
    private static readonly DataShape Small = new(new(3, 8, 8), 10, 1000);

    [Fact]
    public void What_could_never_be_made_is_refused_before_anything_is_made_for_it()
    {
        Refused(Options("mlp", int.MaxValue, 16), Small, "mlp with 2,147,483,647 heads has");
        Refused(Options("mlp", 1_000_000, 16), Small, "Allowed are 1,099,511,627,776 values and 131,072 tensors");
        Refused(Options("mlp", 3, int.MaxValue, int.MaxValue), Small, "Change ensemble.heads, model.hidden or model.name");
        Refused(Options("mlp", 3, int.MaxValue, int.MaxValue, int.MaxValue), Small, "values");
        Refused(Options("wrn-1000-1000", 3), Small, "wrn-1000-1000 with 3 heads has");
        Refused(Options("mlp", 1, 16), Small with { Sample = new(int.MaxValue, int.MaxValue, 4) }, "more values than can be counted");
    }

    [Fact]
    public void The_count_is_right()
    {
        // 192×4 + 4 in the backbone; 4×10 + 10 in each of n heads: 50 n + 772 values in 2 n + 2 tensors.
        Refused(Options("mlp", 524_288, 4), Small, "has 26,215,172 values in 1,048,578 tensors");
        Refused(Options("mlp", 65_536, 4), Small, "in 131,074 tensors");
        Assert.Equal(922, new RunPlan(Options("mlp", 3, 4), Small, new ModelCatalogue()).Size.Parameters);
    }

    [Fact]
    public void Any_settings_make_a_plan_or_an_error_of_the_users()
    {
        var random = new Random(3);
        var (made, refused) = (0, 0);
        for (var round = 0; round < 3000; round++)
        {
            var options = new RunOptions
            {
                Device = "cpu",
                Model = new()
                {
                    Name = Pick("mlp", "mlp", "mlp", "resnet18", "wrn-10-1", "wrn-16-1000"),
                    Hidden = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Size(24))],
                },
                Ensemble = new() { Heads = Size(8), BlocksInHead = random.Next(0, 3) },
                Topology = new()
                {
                    Density = Math.Pow(10, -20 * random.NextDouble()),
                    Distribution = (DensityDistribution)random.Next(4),
                    ClassifierDensity = random.NextDouble() + 1e-9,
                },
                Training = new() { Batch = Size(12), Epochs = Math.Pow(10, random.Next(-300, 300)) },
            };
            try
            {
                var plan = new RunPlan(
                    options,
                    new(new(Size(10), random.Next(1, 40), random.Next(1, 40)), random.Next(2, 20), Size(16)),
                    new ModelCatalogue()
                );
                Assert.True(plan.TotalSteps >= 1);
                made++;
            }
            catch (UserErrorException error)
            {
                Assert.NotEmpty(error.Message);
                refused++;
            }
        }

        Assert.True(made > 100 && refused > 100, $"{made} made, {refused} refused");

        string Pick(params string[] names) => names[random.Next(names.Length)];

        // Mostly small, at times as large as a whole number can be.
        int Size(int bits) => random.Next(12) == 0 ? int.MaxValue - random.Next(3) : random.Next(1, 1 << random.Next(1, bits));
    }

    private static RunOptions Options(string model, int heads, params int[] hidden) =>
        new()
        {
            Device = "cpu",
            Model = new() { Name = model, Hidden = hidden.Length == 0 ? [4] : hidden },
            Ensemble = new() { Heads = heads, BlocksInHead = 0 },
            Topology = new() { Density = 1 },
            Training = new() { Batch = 8 },
        };

    private static void Refused(RunOptions options, DataShape data, string part) =>
        Assert.Contains(
            part,
            Assert.Throws<UserErrorException>(() => new RunPlan(options, data, new ModelCatalogue())).Message,
            StringComparison.Ordinal
        );
}
