using NeuroTrails.Configuration;
using NeuroTrails.Execution;
using NeuroTrails.Models;
using NeuroTrails.Topology;
using NeuroTrails.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Training;

/// <summary>
/// The tensor work that backbone and heads have in common: initialise, apply a step, update the topology. Every member is synchronous
/// and runs on the owner's executor; grains hold no tensor maths.
/// </summary>
public abstract class OwnerWorker : IDisposable
{
    private readonly IOptimizer _optimizer;
    private List<Tensor> _statisticsBefore = [];

    /// <summary>Initialises an owner's tensors and draws its masks.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="owner">Backbone or head.</param>
    /// <param name="device">Where the tensors shall live.</param>
    protected OwnerWorker(RunPlan plan, OwnerId owner, Device device)
    {
        Plan = plan;
        Owner = owner;
        Part = plan.Part(owner);
        Tensors = OwnerTensors.Initialise(Part, owner.Seed(plan.Options.Seed), device, plan.MasterType);
        _optimizer = OptimizerFactory.Create(plan.Options.Training, plan.Options.Topology);
        plan.DrawMasks(Tensors, owner);
    }

    /// <summary>The run's plan.</summary>
    public RunPlan Plan { get; }

    /// <summary>Backbone or head.</summary>
    public OwnerId Owner { get; }

    /// <summary>What the owner holds on its device.</summary>
    public OwnerTensors Tensors { get; }

    /// <summary>What the owner computes.</summary>
    protected NetworkPart Part { get; }

    /// <summary>Keeps owners apart while kernels are made.</summary>
    private protected KernelTurns Kernels { get; } = new();

    /// <summary>Applies the gradients of the last backward pass, masked, to every parameter.</summary>
    /// <param name="step">Step, 1 to the plan's total.</param>
    /// <param name="gradientScale">Factor on every gradient, 0 to 1: below 1 where the whole gradient is clipped.</param>
    public void Apply(long step, double gradientScale)
    {
        DropStatistics();
        if (!Plan.Method.Applies(Plan, step))
        {
            return;
        }

        _optimizer.Step(Tensors.Parameters, Plan.LearningRate(step), gradientScale, step);
    }

    /// <summary>Puts running statistics back to where they were before a step that nobody applied; otherwise does nothing.</summary>
    public void RestoreStatistics()
    {
        using var noGrad = no_grad();
        foreach (var (before, buffer) in _statisticsBefore.Zip(Tensors.Buffers))
        {
            buffer.Value.copy_(before);
        }

        DropStatistics();
    }

    /// <summary>Drops and regrows every masked tensor by the gradients of the step just applied, and checks the invariants.</summary>
    /// <param name="step">Step, 1 to the plan's total.</param>
    /// <param name="layers">Receives what it did to each tensor.</param>
    /// <returns>Totals over the owner's tensors.</returns>
    /// <exception cref="TopologyInvariantException">A mask and its tensor disagree.</exception>
    public TopologyCounts UpdateTopology(long step, ICollection<LayerChange>? layers = null)
    {
        var rate = Plan.TopologyRate(step);
        long dropped = 0,
            grown = 0;
        foreach (var parameter in Tensors.Parameters.Where(parameter => parameter.Mask is not null))
        {
            using var scope = NewDisposeScope();
            var counts = TopologyUpdater.Update(parameter, parameter.Value.grad!, rate, Plan.Options.Topology, Tensors.Generator);
            MaskInvariants.Check(parameter);
            dropped += counts.Dropped;
            grown += counts.Grown;
            layers?.Add(new(parameter.Spec.Name, parameter.Spec.Count, counts, MaskSample.Of(parameter.Mask!)));
        }

        return new(dropped, grown, Tensors.MaskedActive);
    }

    /// <summary>Squared norm of the gradients of the active positions, summed in float64 in the order of the parameters.</summary>
    public double SquaredGradientNorm()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var total = 0.0;
        foreach (var parameter in Tensors.Parameters)
        {
            if (parameter.Value.grad is { } gradient)
            {
                var counted = parameter.Mask is null ? gradient : gradient.mul(parameter.Mask);
                total += counted.to_type(ScalarType.Float64).square().sum().ToDouble();
            }
        }

        return total;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the owner holds.</summary>
    /// <param name="disposing">Always true: there is no finaliser.</param>
    protected virtual void Dispose(bool disposing)
    {
        DropStatistics();
        Tensors.Dispose();
    }

    /// <summary>Before a step's first forward pass: where steps may be skipped, running statistics are kept as they are.</summary>
    protected void KeepStatistics()
    {
        RestoreStatistics();
        if (Plan.Options.Training.NonFinite == NonFiniteRule.Skip)
        {
            _statisticsBefore = [.. Tensors.Buffers.Select(buffer => buffer.Value.clone().DetachFromDisposeScope())];
        }
    }

    /// <summary>A forward pass's settings.</summary>
    /// <param name="training">Training or evaluation.</param>
    protected Pass Pass(bool training) => new(training, Plan.Arithmetic, Tensors.Generator);

    private void DropStatistics()
    {
        _statisticsBefore.ForEach(before => before.Dispose());
        _statisticsBefore = [];
    }
}
