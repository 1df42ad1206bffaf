using NeuroTrails.Configuration;
using NeuroTrails.Execution;
using NeuroTrails.Methods;
using NeuroTrails.Models;
using NeuroTrails.Topology;
using NeuroTrails.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Methods;

/// <summary>What defines the methods whose members are one network at different times.</summary>
public sealed class MembersInTimeTests
{
    [Fact]
    public void Phases_cover_every_step_once()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 3000; trial++)
        {
            var count = random.Next(1, 8);
            var first = random.Next(4) == 0 ? 0 : random.Next(1, 50);
            var steps = first + count + random.Next(200);
            var phases = Phases.After(first, steps, count);
            Assert.Equal(count + (first > 0 ? 1 : 0), phases.Count);
            var seen = new long[phases.Count];
            for (var step = 1; step <= steps; step++)
            {
                var (phase, inside) = phases.At(step);
                Assert.Equal(++seen[phase], inside);
                Assert.Equal(inside == phases.Length(phase), phases.IsEnd(step));
            }

            Assert.Equal(seen, Enumerable.Range(0, phases.Count).Select(phases.Length));
            Assert.InRange(seen[^count..].Max() - seen[^count..].Min(), 0, 1);
            Assert.Equal(first, first > 0 ? seen[0] : 0);
        }
    }

    [Fact]
    public Task Snapshots_are_the_network_at_the_ends_of_cycles_that_begin_at_the_full_rate() =>
        Train(
            "snapshot",
            (plan, trainer) =>
            {
                var ends = new List<(long Step, string Words)>();
                for (var step = 1L; step <= plan.TotalSteps; step++)
                {
                    trainer.Step(step);
                    if (plan.Method.KeepsAt(plan, step))
                    {
                        ends.Add((step, Words(trainer[new(0)].Parameters.Select(parameter => parameter.Value))));
                        trainer.Keep(step);
                    }
                }

                // 31 steps: cycles of 10, 10 and 11.
                Assert.Equal([10, 20, 31], ends.Select(end => end.Step));
                var tensors = trainer[new(0)];
                Assert.Equal(
                    ends.Select(end => end.Words),
                    Enumerable
                        .Range(0, 3)
                        .Select(member =>
                            Words(tensors.Parameters.Select(parameter => tensors.Kept[$"member-{member}"].Values[parameter.Spec.Name]))
                        )
                );
                foreach (var (start, length) in new[] { (0, 10), (10, 10), (20, 11) })
                {
                    for (var inside = 1; inside <= length; inside++)
                    {
                        var cosine = 0.05 * (1 + Math.Cos(Math.PI * (inside - 1) / length)) / 2;
                        Assert.Equal(cosine, plan.LearningRate(start + inside), 1e-12);
                    }
                }
            }
        );

    [Fact]
    public Task Subnetworks_are_disjoint_and_together_everything() =>
        Train(
            "subnetworks",
            (plan, trainer) =>
            {
                var tensors = trainer[new(0)];
                List<string> kept = [];
                for (var step = 1L; step <= plan.TotalSteps; step++)
                {
                    trainer.Step(step);
                    if (plan.Method.KeepsAt(plan, step))
                    {
                        trainer.Keep(step);
                        kept.Add($"{step}: {string.Join(' ', tensors.Kept.Keys)}");
                    }

                    Assert.Equal(plan.MaskedActive(new(0), step), tensors.MaskedActive);
                }

                // A third dense, then seven steps each.
                Assert.Equal(["10: dense", "17: dense member-0", "24: dense member-0 member-1", "31: member-0 member-1 member-2"], kept);
                var divided = 0;
                foreach (var parameter in tensors.Parameters)
                {
                    var members = Enumerable.Range(0, 3).Select(member => tensors.Kept[$"member-{member}"]).ToList();
                    if (parameter.Spec.Role != TensorRole.Weight)
                    {
                        Assert.All(members, member => Assert.False(member.Masks.ContainsKey(parameter.Spec.Name)));
                        continue;
                    }

                    divided++;
                    var masks = members.ConvertAll(member => member.Masks[parameter.Spec.Name].to_type(ScalarType.Int64));
                    Assert.True(masks[0].add(masks[1]).add(masks[2]).eq(ones_like(masks[0])).all().ToBoolean());
                    var counts = masks.ConvertAll(mask => mask.sum().ToInt64());
                    Assert.InRange(counts.Max() - counts.Min(), 0, 1);
                    for (var member = 0; member < 3; member++)
                    {
                        var outside = members[member].Values[parameter.Spec.Name].mul(masks[member].logical_not());
                        Assert.True(outside.eq(zeros_like(outside)).all().ToBoolean());
                    }
                }

                Assert.True(divided > 5);
            }
        );

    [Fact]
    public async Task Partitions_are_those_of_a_naive_division()
    {
        using var executor = new OwnerExecutor("test", 1);
        await executor.Run(() =>
        {
            var random = new Random(3);
            using var generator = new Generator(4, CPU);
            for (var trial = 0; trial < 1500; trial++)
            {
                using var scope = NewDisposeScope();
                var members = random.Next(1, 6);
                var count = random.Next(members, 60);

                // Halves make ties, which go to the lower index.
                var weights = Enumerable.Range(0, count).Select(_ => (float)(random.Next(-6, 7) / 2.0)).ToArray();
                var ranks = Enumerable.Range(0, count).OrderByDescending(i => Math.Abs(weights[i])).ThenBy(i => i).ToArray();
                long[] sizes = [.. Enumerable.Range(0, members).Select(m => (long)(count / members) + (m < count % members ? 1 : 0))];
                var (greedy, dealt) = (new long[count], new long[count]);
                var at = 0;
                for (var member = 0; member < members; member++)
                {
                    for (var i = 0; i < sizes[member]; i++, at++)
                    {
                        greedy[ranks[at]] = member;
                    }
                }

                for (var i = 0; i < count; i++)
                {
                    dealt[ranks[i]] = i % members;
                }

                var values = tensor(weights);
                long[] Of(PartitionRule rule) => Subnetworks.Partition(values, members, rule, generator).data<long>().ToArray();
                Assert.Equal(greedy, Of(PartitionRule.MagnitudeGreedy));
                Assert.Equal(dealt, Of(PartitionRule.MagnitudeDealt));
                var drawn = Of(PartitionRule.Random);
                Assert.Equal(sizes, Enumerable.Range(0, members).Select(m => drawn.LongCount(member => member == m)));
            }
        });
    }

    [Fact]
    public Task Edst_takes_the_best_network_of_each_refinement_by_validation_and_explores_between() =>
        Train(
            "freetickets_edst",
            (plan, trainer) =>
            {
                // Explores for 10 of 31 steps; refinements end at 17, 24, 31. Measured every 5 steps.
                var tensors = trainer[new(0)];
                var accuracies = new Dictionary<long, double>
                {
                    [15] = 0.5,
                    [17] = 0.4,
                    [20] = 0.3,
                    [24] = 0.6,
                    [25] = 0.7,
                    [30] = 0.7,
                    [31] = 0.1,
                };
                var words = new Dictionary<long, string>();
                for (var step = 1L; step <= plan.TotalSteps; step++)
                {
                    var share =
                        step <= 10 ? 1
                        : step is 11 or 12 or 13 or 18 or 19 or 20 or 25 or 26 or 27 ? 0.1
                        : 0.01;
                    Assert.Equal(0.05 * share, plan.LearningRate(step), 1e-12);
                    trainer.Step(step);
                    Assert.Equal(accuracies.ContainsKey(step), plan.Method.KeepsAt(plan, step));
                    if (accuracies.TryGetValue(step, out var accuracy))
                    {
                        Assert.True(plan.IsMeasured(step));
                        words[step] = Words(tensors.Parameters.Select(parameter => parameter.Value));
                        var masks = tensors.Parameters.Where(parameter => parameter.Mask is not null).Select(Mask).ToList();
                        trainer.Keep(step, new(1, [accuracy, accuracy, accuracy]));
                        var moved = tensors
                            .Parameters.Where(parameter => parameter.Mask is not null)
                            .Zip(masks)
                            .Sum(pair => Mask(pair.First).Zip(pair.Second).Count(bits => bits.First != bits.Second));
                        Assert.Equal(step is 17 or 24, moved > 0);
                        Assert.All(tensors.Parameters.Where(parameter => parameter.Mask is not null), MaskInvariants.Check);
                        Assert.Equal(plan.MaskedActive(new(0)), tensors.MaskedActive);
                    }
                }

                string Ticket(int member) =>
                    Words(tensors.Parameters.Select(parameter => tensors.Kept[$"member-{member}"].Values[parameter.Spec.Name]));

                // Of equals the first.
                Assert.Equal([words[15], words[24], words[25]], [Ticket(0), Ticket(1), Ticket(2)]);
            }
        );

    // A step that was passed over because its gradients are not finite may be the last of a refinement.
    [Fact]
    public Task Edst_explores_at_random_where_the_last_gradients_are_not_finite() =>
        Train(
            "freetickets_edst",
            (plan, trainer) =>
            {
                var tensors = trainer[new(0)];
                for (var step = 1L; step <= 17; step++)
                {
                    trainer.Step(step);
                }

                var masked = tensors.Parameters.Where(parameter => parameter.Mask is not null).ToList();
                masked[0].Value.grad!.fill_(double.NaN);
                masked[1].Value.grad!.fill_(double.PositiveInfinity);
                var before = masked.ConvertAll(Mask);
                trainer.Keep(17, new(1, [0.5, 0.5, 0.5]));
                Assert.All(masked, MaskInvariants.Check);
                Assert.Equal(plan.MaskedActive(new(0)), tensors.MaskedActive);
                Assert.All(masked.Zip(before).Take(2), pair => Assert.False(Mask(pair.First).SequenceEqual(pair.Second)));
            }
        );

    [Fact]
    public Task A_random_search_goes_on_with_the_candidate_that_validation_likes_best() =>
        Train(
            "random_search",
            (plan, trainer) =>
            {
                // Three candidates of two steps each.
                var tensors = trainer[new(0)];
                var (masks, words) = (new List<string>(), new List<string>());
                double[] nll = [2.0, 1.0, 3.0];
                for (var step = 1L; step <= plan.TotalSteps; step++)
                {
                    // The winner's own steps are 1, 2 and then 3 to 27.
                    Assert.Equal(plan.ScheduledRate(step <= 6 ? ((step - 1) % 2) + 1 : step - 4, 27), plan.LearningRate(step), 1e-15);
                    trainer.Step(step);
                    Assert.Equal(step is 2 or 4 or 6, plan.Method.KeepsAt(plan, step));
                    if (step is 2 or 4 or 6)
                    {
                        masks.Add(Masks());
                        words.Add(Words(tensors.Parameters.Select(parameter => parameter.Value)));
                        trainer.Keep(step, new(nll[(step / 2) - 1], [0.5]));
                        Assert.Equal(plan.MaskedActive(new(0)), tensors.MaskedActive);
                    }

                    if (step == 6)
                    {
                        Assert.Equal(words[1], Words(tensors.Parameters.Select(parameter => parameter.Value)));
                        Assert.Empty(tensors.Kept);
                    }
                }

                Assert.Equal(3, masks.Distinct().Count());
                Assert.Equal(masks[1], Masks());

                string Masks() =>
                    string.Concat(
                        tensors.Parameters.Where(parameter => parameter.Mask is not null).SelectMany(Mask).Select(bit => bit ? '1' : '0')
                    );
            }
        );

    private static async Task Train(string method, Action<RunPlan, MonolithicTrainer> check)
    {
        using var executor = new OwnerExecutor("test", 1);
        await executor.Run(() =>
        {
            using var scope = NewDisposeScope();
            var plan = MethodOptions.Plan(MethodOptions.Of(method));
            using var trainer = new MonolithicTrainer(plan, MethodOptions.Data(), CPU);
            check(plan, trainer);
        });
    }

    private static bool[] Mask(Parameter parameter) => parameter.Mask!.flatten().data<bool>().ToArray();

    private static string Words(IEnumerable<Tensor> tensors) =>
        string.Join(
            ' ',
            tensors.Select(tensor => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(tensor.detach().contiguous().bytes)))
        );
}
