using NeuroTrails.Execution;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Training;

/// <summary>The backbone's tensor work. Between <see cref="Forward"/> and <see cref="Backward"/>
/// it holds the graphs of one step's micro-batches.</summary>
/// <param name="plan">The run's plan.</param>
/// <param name="device">Where its tensors live.</param>
public sealed class BackboneWorker(RunPlan plan, Device device) : OwnerWorker(plan, OwnerId.Backbone, device)
{
    private readonly Queue<Tensor> _outputs = [];

    /// <summary>Begins a step: no graphs, no gradients.</summary>
    public void Begin()
    {
        Forget();
        KeepStatistics();
        Tensors.ClearGradients();
    }

    /// <summary>Computes the shared activation of a micro-batch and keeps its graph.</summary>
    /// <param name="images">[B, C, H, W], in the run's arithmetic, or tokens [B, L].</param>
    /// <returns>The activation [B, …], without the graph, in the type of <see cref="RunPlan.HandOver"/>, owned by the caller.</returns>
    public Tensor Forward(Tensor images)
    {
        using var turn = Kernels.Enter(nameof(Forward), images);
        using var scope = NewDisposeScope();
        var output = HandedOn(Plan, Part.Forward(images.to(Tensors.Device), Tensors.Root, Pass(training: true)));
        _outputs.Enqueue(output.alias().DetachFromDisposeScope());
        return Plan.ToHandOver(output.detach()).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the shared activation of one micro-batch of a batch, as <see cref="Forward"/> does.</summary>
    /// <param name="images">[batch, C, H, W], in the run's arithmetic; stays.</param>
    /// <param name="labels">[batch, …]; stays.</param>
    /// <param name="micro">Which micro-batch, from 0.</param>
    /// <returns>The activation [B, …] and the labels [B] of the micro-batch, owned by the caller.</returns>
    public (Tensor Activation, Tensor Labels) ForwardPart(Tensor images, Tensor labels, int micro)
    {
        var start = micro * (long)Plan.MicroBatch;
        using var images_B = images.narrow(0, start, Plan.MicroBatch);
        return (Forward(images_B), labels.narrow(0, start, Plan.MicroBatch).DetachFromDisposeScope());
    }

    /// <summary>Adds the heads' gradients from the last head to the first, as autograd does, and
    /// goes backward through the oldest graph.</summary>
    /// <param name="gradients">Gradient of the activation from each head, in the order of the
    /// heads; none where this replica has no heads.</param>
    public void Backward(IReadOnlyList<Tensor> gradients)
    {
        using var output = _outputs.TryDequeue(out var oldest)
            ? oldest
            : throw new InvalidOperationException("A backward pass needs the forward pass before it.");
        using var turn = Kernels.Enter(nameof(Backward), output);
        using var scope = NewDisposeScope();
        if (output.requires_grad && gradients.Count > 0)
        {
            var sum = Received(gradients[^1]);
            for (var head = gradients.Count - 2; head >= 0; head--)
            {
                // The last head's own gradient is not ours to overwrite; the first sum is.
                var next = Received(gradients[head]);
                sum = head == gradients.Count - 2 ? sum.add(next, Scalars.One) : sum.add_(next, Scalars.One);
            }

            output.backward([sum]);
        }

        Tensor Received(Tensor gradient) => gradient.to(Tensors.Device).to_type(output.dtype);
    }

    /// <summary>The shared activation in evaluation mode.</summary>
    /// <param name="images">[B, C, H, W].</param>
    /// <returns>[B, …], in the type of <see cref="RunPlan.HandOver"/>.</returns>
    public Tensor Infer(Tensor images)
    {
        using var turn = Kernels.Enter(nameof(Infer), images);
        RestoreStatistics();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Plan.ToHandOver(HandedOn(Plan, Part.Forward(images.to(Tensors.Device), Tensors.Root, Pass(training: false))))
            .MoveToOuterDisposeScope();
    }

    /// <summary>What the backbone made, in memory of its own: one that only hands on its input would give a view of a part of a batch,
    /// whose alignment, and with it the kernels and the bits, another silo's copy does not have.</summary>
    internal static Tensor HandedOn(RunPlan plan, Tensor output) => plan.BackboneLearns ? output : output.clone();

    /// <summary>Drops the graphs of a step that will not be finished.</summary>
    public void Forget()
    {
        while (_outputs.TryDequeue(out var output))
        {
            output.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Forget();
        base.Dispose(disposing);
    }
}
