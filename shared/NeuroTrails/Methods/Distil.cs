using NeuroTrails.Configuration;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Methods;

/// <summary>
/// One dense network taught the mean probabilities of a trained ensemble, without hard labels (as in MEAL V2, Shen and Savvides 2021, arXiv
/// 2009.08453, without its discriminator). The teacher is the run that <c>ensemble.teacher</c> names, and sees each batch as the student
/// does.
/// </summary>
public sealed class Distil : OneOwner
{
    /// <inheritdoc/>
    public override string Name => "distil";

    /// <inheritdoc/>
    public override IReadOnlyList<string> OwnSettings => ["ensemble.teacher"];

    /// <inheritdoc/>
    public override bool OneIsSingle => false;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fixed { get; } =
        new Dictionary<string, object?>
        {
            ["ensemble.heads"] = 1,
            ["topology.density"] = 1.0,
            ["training.label_smoothing"] = 0.0,
            ["training.class_weights"] = ClassWeighting.None,
        };

    /// <inheritdoc/>
    public override bool LearnsFromRun => true;

    /// <inheritdoc/>
    public override int MembersPerHead(EnsembleOptions options) => 1;

    /// <inheritdoc/>
    public override void CheckStart(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using var teacher = Teacher.Find(PathOf(plan), plan);
    }

    /// <inheritdoc/>
    public override IDisposable Assist(HeadPass pass)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return Teacher.Load(PathOf(pass.Plan), pass.Plan, pass.Tensors.Device);
    }

    /// <inheritdoc/>
    public override double AssistingMacs(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using var teacher = Teacher.Find(PathOf(plan), plan);
        return (double)teacher.Macs * plan.TotalSteps;
    }

    /// <inheritdoc/>
    public override HeadLoss Train(HeadPass pass, long step, Tensor input_B, Tensor labels_B)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var taught_BC = ((Teacher)pass.Assistant!).Probabilities(input_B);
        var logits_BC = pass.Forward(input_B, training: true);
        return new(Loss(logits_BC, taught_BC), 1, HeadPass.Correct(logits_BC, labels_B));
    }

    /// <summary>Mean over samples of −Σ q log p.</summary>
    /// <param name="logits_BC">The student's scores.</param>
    /// <param name="taught_BC">The teacher's probabilities q.</param>
    public static Tensor Loss(Tensor logits_BC, Tensor taught_BC)
    {
        ArgumentNullException.ThrowIfNull(logits_BC);
        ArgumentNullException.ThrowIfNull(taught_BC);
        return logits_BC.log_softmax(1).mul(taught_BC.to_type(logits_BC.dtype)).sum(1).mean().neg();
    }

    /// <inheritdoc/>
    public override string Describe(EnsembleOptions options) => "one network that learns from a trained ensemble";

    private static string PathOf(RunPlan plan) =>
        plan.Options.Ensemble.Teacher
        ?? throw new UserErrorException(
            "Method distil needs a run to learn from. Allowed: the folder of a trained run. Change ensemble.teacher."
        );
}
