using NeuroTrails.Configuration;
using NeuroTrails.Execution;
using NeuroTrails.Models;
using NeuroTrails.Training;
using NeuroTrails.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Methods;

/// <summary>
/// SWAG (Maddox et al. 2019, arXiv 1902.02476): one dense network, trained for the first part of the run by its schedule and then at a
/// constant rate, while mean, second moment and the last K deviations of its weights are collected. The members are samples of that
/// Gaussian. The last steps of the run change no weights: over their batches the members' norms are estimated anew.
/// </summary>
public sealed class Swag : MembersInTime
{
    private const string Mean = "mean";
    private const string Square = "square";
    private const string Deviation = "deviation-";
    private const string Collected = "collected";
    private const string Estimated = "estimated";
    private const double DefaultFirstPhase = 0.75;
    private const double EstimatingShare = 0.05;
    private const double LeastVariance = 1e-30;

    /// <inheritdoc/>
    public override string Name => "swag";

    /// <inheritdoc/>
    public override IReadOnlyList<string> OwnSettings => ["ensemble.members", "ensemble.first_phase", "ensemble.rank"];

    /// <inheritdoc/>
    public override bool OneIsSingle => false;

    /// <inheritdoc/>
    /// <remarks>Two moments and the deviations, and, as the last of them is collected, the members.</remarks>
    public override int KeptNetworks(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return 2 + options.Rank + options.Members;
    }

    /// <inheritdoc/>
    public override void Check(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (First(plan) < 1 || Window(plan) < plan.Options.Ensemble.Rank)
        {
            throw new UserErrorException(
                $"Method {Name} collects {plan.Options.Ensemble.Rank} deviations in {Window(plan)} of {plan.TotalSteps} steps, after "
                    + $"{First(plan)} steps by the schedule and before {Estimating(plan)} that estimate norms. Allowed: at least 1 step "
                    + "for each deviation, and 1 before. Change training.epochs, training.steps, ensemble.first_phase or ensemble.rank."
            );
        }
    }

    /// <inheritdoc/>
    public override double LearningRate(RunPlan plan, long step) =>
        // From the end of the first phase on, the rate that the schedule has there.
        base.LearningRate(plan, Math.Min(step, First(plan)));

    /// <inheritdoc/>
    public override bool Applies(RunPlan plan, long step) => step <= First(plan) + Window(plan);

    /// <inheritdoc/>
    public override double TrainingMacs(RunPlan plan, long step)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Applies(plan, step) ? base.TrainingMacs(plan, step) : (double)plan.Size.Macs * plan.MembersPerHead;
    }

    /// <inheritdoc/>
    public override HeadLoss Train(HeadPass pass, long step, Tensor input_B, Tensor labels_B)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var (plan, tensors) = (pass.Plan, pass.Tensors);
        if (Applies(plan, step))
        {
            return base.Train(pass, step, input_B, labels_B);
        }

        // The plain mean over all batches seen.
        using var noGrad = no_grad();
        var seen = tensors.Remembered[Estimated] = tensors.Remembered.GetValueOrDefault(Estimated) + 1;
        var losses = new List<Tensor>();
        var correct = 0L;
        for (var member = 0; member < plan.MembersPerHead; member++)
        {
            var logits_BC = plan
                .Head.Forward(
                    input_B,
                    tensors.Kept[Key(member)].Root,
                    new(true, plan.Arithmetic, tensors.Generator) { NormMomentum = 1 / seen }
                )
                .to_type(plan.MasterType);
            losses.Add(CrossEntropy.Mean(logits_BC, labels_B, plan.Options.Training.LabelSmoothing, plan.ClassWeights));
            correct += HeadPass.Correct(logits_BC, labels_B);
        }

        return new(stack([.. losses]).mean(), 1, correct / plan.MembersPerHead);
    }

    /// <inheritdoc/>
    public override bool KeepsAt(RunPlan plan, long step)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var inside = step - First(plan);
        return step == plan.TotalSteps || (inside > 0 && inside <= Window(plan) && (inside % Every(plan) == 0 || inside == Window(plan)));
    }

    /// <inheritdoc/>
    public override void Keep(HeadPass pass, long step, Measured? measured)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var (plan, tensors) = (pass.Plan, pass.Tensors);
        if (step == plan.TotalSteps)
        {
            Finish(tensors, plan.MembersPerHead - 1);
            return;
        }

        var inside = step - First(plan);
        if (inside % Every(plan) == 0)
        {
            Collect(tensors, plan.Options.Ensemble.Rank);
        }

        if (inside == Window(plan))
        {
            for (var member = 0; member < plan.MembersPerHead; member++)
            {
                Put(tensors, Key(member), Sample(tensors));
            }

            foreach (
                var key in tensors
                    .Kept.Keys.Where(key => key is Mean or Square || key.StartsWith(Deviation, StringComparison.Ordinal))
                    .ToList()
            )
            {
                Drop(tensors, key);
            }
        }
    }

    /// <inheritdoc/>
    public override string Describe(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return $"one network, {Count(options.Members, "sample")} of the Gaussian of its weights";
    }

    /// <summary>Takes the network as it is now into the moments of its weights.</summary>
    /// <param name="tensors">What the head holds.</param>
    /// <param name="rank">Deviations that are kept.</param>
    public static void Collect(OwnerTensors tensors, int rank)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var count = tensors.Remembered.GetValueOrDefault(Collected);
        var (mean, square) = (tensors.Kept.GetValueOrDefault(Mean), tensors.Kept.GetValueOrDefault(Square));
        Put(tensors, Square, KeptNetwork.Make(tensors, (spec, now) => Average(square, spec, now.square())));
        Put(tensors, Mean, KeptNetwork.Make(tensors, (spec, now) => Average(mean, spec, now)));
        var place = ((long)count % rank).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Put(tensors, Deviation + place, KeptNetwork.Make(tensors, (spec, now) => now.sub(tensors.Kept[Mean].Values[spec.Name])));
        tensors.Remembered[Collected] = count + 1;

        Tensor Average(KeptNetwork? before, TensorSpec spec, Tensor now) =>
            before is null
                ? now.clone()
                : before.Values[spec.Name].mul(Scalars.Of(count / (count + 1))).add(now, Scalars.Of(1 / (count + 1)));
    }

    /// <summary>Draws a network from the Gaussian: mean, half the variance from the diagonal, half from the deviations.</summary>
    /// <param name="tensors">What the head holds, moments among it.</param>
    /// <returns>Weights drawn from the head's generator; norms as newly made.</returns>
    public static KeptNetwork Sample(OwnerTensors tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var deviations = tensors
            .Kept.Where(kept => kept.Key.StartsWith(Deviation, StringComparison.Ordinal))
            .Select(kept => kept.Value)
            .ToList();
        var factors = Enumerable.Range(0, deviations.Count).Select(_ => Normal([1]).ToDouble()).ToList();
        return KeptNetwork.Make(
            tensors,
            (spec, now) =>
            {
                if (spec.Role == TensorRole.Buffer)
                {
                    return spec.Initialiser == Initialiser.Ones ? ones_like(now) : zeros_like(now);
                }

                var mean = tensors.Kept[Mean].Values[spec.Name];
                var variance = tensors.Kept[Square].Values[spec.Name].sub(mean.square()).clamp_min(Scalars.Of(LeastVariance));
                var drawn = Normal([.. spec.Shape]).to(now.dtype, now.device);
                var sample = mean.add(variance.sqrt().mul(drawn), Scalars.Of(Math.Sqrt(0.5)));
                for (var i = 0; deviations.Count > 1 && i < deviations.Count; i++)
                {
                    sample.add_(deviations[i].Values[spec.Name], Scalars.Of(factors[i] / Math.Sqrt(2.0 * (deviations.Count - 1))));
                }

                return sample;
            }
        );

        Tensor Normal(long[] shape) => randn(shape, dtype: ScalarType.Float32, device: CPU, generator: tensors.Generator);
    }

    private static long First(RunPlan plan) => FirstPhase(plan, DefaultFirstPhase);

    private static long Estimating(RunPlan plan) =>
        Math.Clamp((long)Math.Ceiling(EstimatingShare * plan.TotalSteps), 1, Math.Max(1, plan.StepsPerEpoch));

    private static long Window(RunPlan plan) => plan.TotalSteps - First(plan) - Estimating(plan);

    private static long Every(RunPlan plan) => Math.Max(1, Window(plan) / plan.Options.Ensemble.Rank);
}
