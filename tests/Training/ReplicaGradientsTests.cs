using NeuroTrails.Configuration;
using NeuroTrails.Models;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Training;

public sealed class ReplicaGradientsTests
{
    private const int Cases = 60;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Combining_replicas_is_adding_position_by_position_and_leaves_masked_ones_out_where_they_are_not_needed(bool dense)
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            using var scope = NewDisposeScope();
            var random = new Random(seed);
            var plan = Plan(random);
            var replicas = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Replica(plan, random)).ToList();
            var expected = replicas[0]
                .Parameters.Select((parameter, index) => Naive([.. replicas.Select(replica => replica.Parameters[index])], dense))
                .ToList();
            using var sum = ReplicaGradients.Combine(
                replicas[0],
                [.. replicas.Skip(1).Select(replica => ReplicaGradients.Gather(replica, dense))],
                dense
            );
            Assert.Equal(expected.Sum(values => dense ? values.Length : values.Count(value => value is not null)), sum.numel());
            foreach (var replica in replicas.Skip(1))
            {
                ReplicaGradients.Scatter(replica, sum, dense);
            }

            foreach (var replica in replicas)
            {
                foreach (var (parameter, values) in replica.Parameters.Zip(expected))
                {
                    Assert.Equal(values.Select(value => value ?? 0), Values(parameter.Value.grad!));
                }
            }

            replicas.ForEach(replica => replica.Dispose());
        }
    }

    [Fact]
    public void Gradients_of_other_masks_are_refused()
    {
        using var replica = Replica(Plan(new Random(1)), new Random(1));
        using var vector = zeros([3]);
        Assert.Throws<ArgumentException>(() => ReplicaGradients.Scatter(replica, vector, dense: false));
    }

    [Fact]
    public void Running_statistics_are_those_of_the_first_replica()
    {
        var options = new RunOptions
        {
            Model = new() { Name = "wrn-10-1" },
            Ensemble = new() { Heads = 2, BlocksInHead = 1 },
            Training = new() { Batch = 8 },
        };
        var plan = new RunPlan(options, new(new(3, 8, 8), 5, 64), new ModelCatalogue());
        using var first = OwnerTensors.Initialise(plan.Backbone, 1, CPU, plan.MasterType);
        using var second = OwnerTensors.Initialise(plan.Backbone, 1, CPU, plan.MasterType);
        var before = OwnerDigest.Of(second);
        using (no_grad())
        {
            for (var i = 0; i < first.Buffers.Count; i++)
            {
                first.Buffers[i].Value.fill_(i + 0.5);
            }
        }

        Assert.Equal(before, OwnerDigest.Of(second));
        Assert.NotEqual(before, OwnerDigest.Of(first));
        using var statistics = ReplicaGradients.GatherStatistics(first);
        ReplicaGradients.ScatterStatistics(second, statistics);
        Assert.Equal(OwnerDigest.Of(first), OwnerDigest.Of(second));
    }

    [Fact]
    public void A_digest_tells_the_last_bit_of_everything_an_owner_holds()
    {
        var plan = Plan(new Random(3));
        using var owner = Replica(plan, new Random(3));
        using (no_grad())
        {
            var seen = new HashSet<string> { OwnerDigest.Of(owner) };
            var parameter = owner.Parameters.First(parameter => parameter.Mask is not null);
            foreach (var tensor in new[] { parameter.Value, parameter.Moment("momentum") })
            {
                tensor.view(-1)[0].add_(1e-30).add_(float.Epsilon);
                Assert.True(seen.Add(OwnerDigest.Of(owner)));
            }

            parameter.SetMask(parameter.Mask!.logical_not().DetachFromDisposeScope(), parameter.Spec.Count - parameter.Active);
            Assert.True(seen.Add(OwnerDigest.Of(owner)));
            owner.Generator.manual_seed(99);
            Assert.True(seen.Add(OwnerDigest.Of(owner)));
        }
    }

    private static RunPlan Plan(Random random)
    {
        var options = new RunOptions
        {
            Model = new() { Name = "mlp", Hidden = [random.Next(2, 9), random.Next(2, 9), 4] },
            Ensemble = new() { Heads = 2, BlocksInHead = 1 },
            Topology = new() { Density = random.Next(4) == 0 ? 1.0 : 0.1 + (0.8 * random.NextDouble()) },
            Training = new() { Batch = 4 },
        };
        return new(options, new(new(1, 3, 3), 3, 64), new ModelCatalogue());
    }

    // Every replica of a run has the same masks, drawn from the same generator; gradients differ, and some parameters may have none.
    private static OwnerTensors Replica(RunPlan plan, Random random)
    {
        var tensors = OwnerTensors.Initialise(plan.Backbone, 5, CPU, plan.MasterType);
        plan.DrawMasks(tensors, OwnerId.Backbone);
        using var noGrad = no_grad();
        foreach (var parameter in tensors.Parameters.Where(_ => random.Next(8) > 0))
        {
            using var gradient = tensor(Enumerable.Range(0, (int)parameter.Spec.Count).Select(_ => (float)random.Next(-64, 65)).ToArray())
                .reshape([.. parameter.Spec.Shape]);
            parameter.Value.grad = gradient;
        }

        return tensors;
    }

    private static double?[] Naive(IReadOnlyList<Parameter> parameters, bool dense)
    {
        var mask = parameters[0].Mask?.data<bool>().ToArray();
        var gradients = parameters
            .Select(parameter => parameter.Value.grad is { } gradient ? Values(gradient) : new double[parameter.Spec.Count])
            .ToList();
        return
        [
            .. Enumerable
                .Range(0, gradients[0].Length)
                .Select(i => mask is null || dense || mask[i] ? gradients.Sum(gradient => gradient[i]) : (double?)null),
        ];
    }

    private static double[] Values(Tensor tensor) => [.. tensor.contiguous().data<float>().ToArray().Select(value => (double)value)];
}
