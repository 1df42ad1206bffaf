using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Training;

/// <summary>The backbone's tensor work. Between <see cref="Forward"/> and <see cref="Backward"/> it holds one step's graph.</summary>
/// <param name="plan">The run's plan.</param>
/// <param name="device">Where its tensors live.</param>
public sealed class BackboneWorker(RunPlan plan, Device device) : OwnerWorker(plan, OwnerId.Backbone, device)
{
    private Tensor? _output;

    /// <summary>Computes the shared activation of a training batch and keeps its graph.</summary>
    /// <param name="images">[B, C, H, W], in the run's arithmetic.</param>
    /// <returns>The activation [B, …], without the graph, owned by the caller.</returns>
    public Tensor Forward(Tensor images)
    {
        Forget();
        using var scope = NewDisposeScope();
        Tensors.ClearGradients();
        var output = Part.Forward(images.to(Tensors.Device), Tensors.Root, Pass(training: true));
        _output = output.alias().DetachFromDisposeScope();
        return output.detach().MoveToOuterDisposeScope();
    }

    /// <summary>Adds the heads' gradients from the last head to the first, as autograd does, and goes backward.</summary>
    /// <param name="gradients">Gradient of the activation from each head, in the order of the heads.</param>
    /// <returns>Squared norm of the backbone's gradients; only where the run clips.</returns>
    public double? Backward(IReadOnlyList<Tensor> gradients)
    {
        var output = _output ?? throw new InvalidOperationException("A backward pass needs the forward pass before it.");
        using (var scope = NewDisposeScope())
        {
            if (output.requires_grad)
            {
                var sum = gradients[^1].to(Tensors.Device);
                for (var head = gradients.Count - 2; head >= 0; head--)
                {
                    // The last head's own gradient is not ours to overwrite; the first sum is.
                    var next = gradients[head].to(Tensors.Device);
                    sum = head == gradients.Count - 2 ? sum.add(next) : sum.add_(next);
                }

                output.backward([sum]);
            }
        }

        Forget();
        return Plan.Options.Training.ClipNorm is null ? null : SquaredGradientNorm();
    }

    /// <summary>The shared activation in evaluation mode.</summary>
    /// <param name="images">[B, C, H, W].</param>
    public Tensor Infer(Tensor images)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Part.Forward(images.to(Tensors.Device), Tensors.Root, Pass(training: false)).MoveToOuterDisposeScope();
    }

    /// <summary>Drops the graph of a step that will not be finished.</summary>
    public void Forget()
    {
        _output?.Dispose();
        _output = null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Forget();
        base.Dispose(disposing);
    }
}
