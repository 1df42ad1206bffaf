using System.Globalization;
using NeuroTrails.Configuration;
using NeuroTrails.Models;
using NeuroTrails.Models.Graphs;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Methods;

/// <summary>
/// A way to make an ensemble: which part of the network the owners share, which part each member has for itself, how samples are given to
/// members, what happens at which step, and which settings leave no choice. A method is one file; <see cref="EnsembleMethods"/> registers
/// it. Nothing outside of this room knows a method's name. Methods hold no state: what one remembers lies in
/// <see cref="OwnerTensors.Kept"/> and <see cref="OwnerTensors.Remembered"/>, which checkpoints hold.
/// </summary>
public abstract class EnsembleMethod
{
    /// <summary>Name for <c>ensemble.method</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Settings that the method decides, by dotted path. Defaults and presets give way to it; another value that a user gives is refused.
    /// </summary>
    public virtual IReadOnlyDictionary<string, object?> Fixed { get; } = new Dictionary<string, object?>();

    /// <summary>The settings in <c>ensemble</c> that not every method has, and this one uses: <c>ensemble.members</c>.</summary>
    public virtual IReadOnlyList<string> OwnSettings => [];

    /// <summary>Whether one member is the single network: the same function of the same weights, trained by the same steps.</summary>
    public virtual bool OneIsSingle => true;

    /// <summary>Whether it can make ensembles of language models.</summary>
    public virtual bool TakesText => false;

    /// <summary>Makes the network.</summary>
    /// <param name="models">The networks by name.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="data">Shape of the data.</param>
    /// <exception cref="UserErrorException">The network does not fit the data or the method.</exception>
    public virtual Network Build(ModelCatalogue models, RunOptions options, DataShape data)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(data);
        return models.Build(options.Model, data.Sample, data.Classes) with { Decoration = Decoration(options) };
    }

    /// <summary>What the owners compute.</summary>
    /// <param name="network">The network, uncut.</param>
    /// <param name="options">The ensemble's form.</param>
    /// <returns>What the backbone computes once for all, which may be nothing, and what each head computes on it.</returns>
    /// <exception cref="UserErrorException">The form does not fit the network.</exception>
    public virtual (NetworkPart Backbone, NetworkPart Head) Cut(Network network, EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        return network.Cut(options.BlocksInHead);
    }

    /// <summary>Whether <c>ensemble.blocks_in_head</c> means something: the network is cut into what is shared and what
    /// heads have.</summary>
    public virtual bool Divides => true;

    /// <summary>Refuses a run that the method cannot make.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <exception cref="UserErrorException">What does not fit, and what would.</exception>
    public virtual void Check(RunPlan plan) { }

    /// <summary>Whether it learns from a trained run, which <c>ensemble.teacher</c> names.</summary>
    public virtual bool LearnsFromRun => false;

    /// <summary>Refuses to begin or go on with training; predictions of such a run need what this looks for no more.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <exception cref="UserErrorException">What is missing.</exception>
    public virtual void CheckStart(RunPlan plan) { }

    /// <summary>What a head needs for training beside its tensors; made at its first step, on its thread.</summary>
    /// <param name="pass">The head.</param>
    /// <returns>Becomes <see cref="HeadPass.Assistant"/> and is disposed with the head's tensors; null for nothing.</returns>
    public virtual IDisposable? Assist(HeadPass pass) => null;

    /// <summary>Multiply-adds for one sample of every step that <see cref="Assist"/>'s result takes over the run.</summary>
    /// <param name="plan">The run's plan.</param>
    public virtual double AssistingMacs(RunPlan plan) => 0;

    /// <summary>What people call a member of the ensemble: <c>head</c>, unless one head holds several.</summary>
    public virtual string MemberWord => "head";

    /// <summary>Members of the ensemble that each head holds.</summary>
    /// <param name="options">The ensemble's form.</param>
    public virtual int MembersPerHead(EnsembleOptions options) => 1;

    /// <summary>The most networks that a head keeps beside its own at a time.</summary>
    /// <param name="options">The ensemble's form.</param>
    public virtual int KeptNetworks(EnsembleOptions options) => 0;

    /// <summary>What the ensemble is when the run has ended: parameters of all members, and the multiply-adds of all that a prediction
    /// for one sample takes.</summary>
    /// <param name="plan">The run's plan.</param>
    public virtual NetworkSize FinishedSize(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Size;
    }

    /// <summary>The ensemble's form in a few words: <c>3 heads of 2 blocks on a shared backbone</c>.</summary>
    /// <param name="options">The ensemble's form.</param>
    public virtual string Describe(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return $"{Count(options.Heads, "head")} of {Count(options.BlocksInHead, "block")} on a shared backbone";
    }

    /// <summary>A head's loss for a part of a batch.</summary>
    /// <param name="pass">The head.</param>
    /// <param name="step">Step, 1 to the plan's total.</param>
    /// <param name="input_B">The backbone's output [B, …], in the run's arithmetic.</param>
    /// <param name="labels_B">int64 [B].</param>
    public virtual HeadLoss Train(HeadPass pass, long step, Tensor input_B, Tensor labels_B)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return pass.Loss(pass.Forward(input_B, training: true), labels_B);
    }

    /// <summary>Class scores of a head's members, in evaluation mode.</summary>
    /// <param name="pass">The head.</param>
    /// <param name="input_B">The backbone's output [B, …], in the run's arithmetic.</param>
    /// <returns>Logits [members of the head, B, C] in the masters' type.</returns>
    public virtual Tensor Infer(HeadPass pass, Tensor input_B)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return pass.Forward(input_B, training: false).unsqueeze(0);
    }

    /// <summary>Learning rate of a step.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="step">Step, 1 to the plan's total.</param>
    public virtual double LearningRate(RunPlan plan, long step)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.ScheduledRate(step, plan.TotalSteps);
    }

    /// <summary>Whether a step changes weights; one that does not may still look at its batch.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="step">Step, 1 to the plan's total.</param>
    public virtual bool Applies(RunPlan plan, long step) => true;

    /// <summary>Active positions of a tensor after a step.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="owner">The owner.</param>
    /// <param name="spec">A masked tensor of its part.</param>
    /// <param name="step">Steps made, 0 to the plan's total.</param>
    public virtual long ActiveAfter(RunPlan plan, OwnerId owner, TensorSpec spec, long step)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Active(owner, spec);
    }

    /// <summary>Whether heads do something at the end of a step beside training: see <see cref="Keep"/>.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="step">Step, 1 to the plan's total.</param>
    public virtual bool KeepsAt(RunPlan plan, long step) => false;

    /// <summary>Whether what is kept is chosen by measurements of the validation split.</summary>
    public virtual bool ChoosesByValidation => false;

    /// <summary>At the end of a step, behind topology update and measurement, a head keeps a member, begins another phase, and the like.
    /// Everything that it does is decided by the head's tensors, the step and the measurement.</summary>
    /// <param name="pass">The head.</param>
    /// <param name="step">Step, 1 to the plan's total.</param>
    /// <param name="measured">What the validation split said after this step; null where it was not measured.</param>
    public virtual void Keep(HeadPass pass, long step, Measured? measured) { }

    /// <summary>Multiply-adds of a training step for one sample, forward and backward: three times a forward pass, where masks leave
    /// active weights alone; a step whose gradients masks are updated by computes all of them.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="step">Step, 1 to the plan's total.</param>
    public virtual double TrainingMacs(RunPlan plan, long step)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return (2.0 * plan.Size.ActiveMacs)
            + (plan.NeedsDenseGradients(step) && plan.Options.Topology.Grow != GrowRule.Random ? plan.Size.Macs : plan.Size.ActiveMacs);
    }

    /// <summary>What is changed about every layer: by itself the width, where the options ask for another.</summary>
    /// <param name="options">The run's options.</param>
    protected virtual GraphDecoration? Decoration(RunOptions options) => Width(options) is var width && width == 1 ? null : new(width);

    /// <summary>Factor on the width of every layer.</summary>
    /// <param name="options">The run's options.</param>
    protected static double Width(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Model.Width * (options.Topology.IsoFlops ? 1 / Math.Sqrt(options.Topology.Density) : 1);
    }

    /// <summary>A number of things.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">Singular: <c>pass</c>.</param>
    /// <param name="many">Plural, where it is not the singular and an s: <c>passes</c>.</param>
    protected static string Count(int count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");
}
