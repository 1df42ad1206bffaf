using NeuroTrails.Data;
using NeuroTrails.Execution;
using NeuroTrails.Methods;
using NeuroTrails.Models;
using NeuroTrails.Topology;
using NeuroTrails.Training.Losses;
using NeuroTrails.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Training;

/// <summary>
/// Backbone and heads as one network in one autograd graph on one thread, with one backward call: what the grains must match bit for bit,
/// and are measured against. It shares blocks, losses, optimisers and topology updates with them (these have tests of their own) and none
/// of the protocol: no executors, no hand-over, no summing of gradients by hand.
/// </summary>
public sealed class MonolithicTrainer : IDisposable
{
    private readonly RunPlan _plan;
    private readonly IRunData _data;
    private readonly IOptimizer _optimizer;
    private readonly KernelTurns _kernels = new();
    private readonly SortedDictionary<int, OwnerTensors> _owners = [];
    private readonly Dictionary<int, IDisposable?> _assistants = [];

    /// <summary>Initialises every owner's tensors as the grains do.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="data">The run's data.</param>
    /// <param name="device">Where the tensors shall live.</param>
    public MonolithicTrainer(RunPlan plan, IRunData data, Device device)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _plan = plan;
        _data = data;
        _optimizer = OptimizerFactory.Create(plan.Options.Training, plan.Options.Topology);
        foreach (var owner in plan.Owners)
        {
            var tensors = OwnerTensors.Initialise(plan.Part(owner), owner.Seed(plan.Options.Seed), device, plan.MasterType);
            plan.DrawMasks(tensors, owner);
            _owners.Add(owner.Head, tensors);
        }
    }

    /// <summary>What an owner holds.</summary>
    /// <param name="owner">The owner.</param>
    public OwnerTensors this[OwnerId owner] => _owners[owner.Head];

    /// <summary>Takes one step: forward, backward, everybody's apply, and the topology update where one is due.</summary>
    /// <param name="step">Step, 1 to the plan's total.</param>
    /// <returns>Mean cross-entropy of each head, in nats [M].</returns>
    public double[] Step(long step)
    {
        using var turn = _kernels.Enter(nameof(Step), _owners.Values.SelectMany(owner => owner.Parameters).First().Value);
        using var scope = NewDisposeScope();
        foreach (var tensors in _owners.Values)
        {
            tensors.ClearGradients();
        }

        var (images, labels) = BatchTensors.ToDevice(
            _data.Training(step),
            this[OwnerId.Backbone].Device,
            _plan.Arithmetic,
            channelsLast: true
        );
        var losses = new double[_plan.Heads];
        var targets = TokenCrossEntropy.Targets(labels);
        for (var micro = 0; micro < _plan.MicroBatches; micro++)
        {
            var start = micro * (long)_plan.MicroBatch;
            Accumulate(step, images.narrow(0, start, _plan.MicroBatch), labels.narrow(0, start, _plan.MicroBatch), targets, losses);
        }

        foreach (var tensors in _owners.Values.Where(_ => _plan.Method.Applies(_plan, step)))
        {
            _optimizer.Step(tensors.Parameters, _plan.LearningRate(step), 1.0, step);
        }

        if (_plan.UpdatesTopology(step))
        {
            var rate = _plan.TopologyRate(step);
            foreach (var tensors in _owners.Values)
            {
                foreach (var parameter in tensors.Parameters.Where(parameter => parameter.Mask is not null))
                {
                    TopologyUpdater.Update(parameter, parameter.Value.grad!, rate, _plan.Options.Topology, tensors.Generator);
                }
            }
        }

        return [.. losses.Select(loss => loss / _plan.MicroBatches)];
    }

    private void Accumulate(long step, Tensor images, Tensor labels, long targets, double[] sums)
    {
        var activation = BackboneWorker.HandedOn(
            _plan,
            _plan.Backbone.Forward(images, this[OwnerId.Backbone].Root, Pass(OwnerId.Backbone, training: true))
        );
        var scaled = new List<Tensor>();
        foreach (var owner in _plan.Owners.Where(owner => !owner.IsBackbone))
        {
            // Each head enters by a view of its own (alias() would be the same tensor). Where its first block uses the activation twice,
            // autograd then adds the head's own contributions first, as the grains do; without it the sum has other last bits.
            var input =
                _plan.HandOver == activation.dtype || activation.dtype == ScalarType.Int64
                    ? activation.view_as(activation)
                    : activation.to_type(_plan.HandOver).to_type(activation.dtype);
            var pass = new HeadPass(_plan, owner, this[owner]) { Targets = targets };
            if (!_assistants.TryGetValue(owner.Head, out var assistant))
            {
                _assistants.Add(owner.Head, assistant = _plan.Method.Assist(pass));
            }

            var result = _plan.Method.Train(pass with { Assistant = assistant }, step, input, labels);
            sums[owner.Head] += result.Loss.ToDouble();
            if (result.Loss.requires_grad)
            {
                scaled.Add(result.Loss.mul(Scalars.Of(_plan.LossScale * result.Factor)));
            }
        }

        if (scaled.Count == 0)
        {
            return;
        }

        scaled.Aggregate((sum, loss) => sum.add(loss, Scalars.One)).backward();
    }

    /// <summary>What the method does at the end of a step, where it does something.</summary>
    /// <param name="step">Step, 1 to the plan's total.</param>
    /// <param name="measured">What the validation split said after it; null where it was not measured.</param>
    public void Keep(long step, Measured? measured = null)
    {
        foreach (var owner in _plan.Owners.Where(owner => !owner.IsBackbone && _plan.Method.KeepsAt(_plan, step)))
        {
            _plan.Method.Keep(new(_plan, owner, this[owner]), step, measured);
        }
    }

    /// <summary>Class scores in evaluation mode.</summary>
    /// <param name="batch">The samples.</param>
    /// <returns>Logits [M, B, C], of texts [M, B, L, C]; owned by the caller.</returns>
    public Tensor Infer(HostBatch batch)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (images, _) = BatchTensors.ToDevice(batch, this[OwnerId.Backbone].Device, _plan.Arithmetic, channelsLast: true);
        var activation = _plan.Backbone.Forward(images, this[OwnerId.Backbone].Root, Pass(OwnerId.Backbone, training: false));
        activation = _plan.ToArithmetic(_plan.ToHandOver(activation));
        var heads = _plan
            .Owners.Where(owner => !owner.IsBackbone)
            .Select(owner => _plan.Method.Infer(new(_plan, owner, this[owner]), activation));
        return cat([.. heads]).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var assistant in _assistants.Values)
        {
            assistant?.Dispose();
        }

        foreach (var tensors in _owners.Values)
        {
            tensors.Dispose();
        }
    }

    private Pass Pass(OwnerId owner, bool training) => new(training, _plan.Arithmetic, this[owner].Generator);
}
