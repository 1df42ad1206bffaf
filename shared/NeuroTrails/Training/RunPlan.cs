using NeuroTrails.Configuration;
using NeuroTrails.Methods;
using NeuroTrails.Models;
using NeuroTrails.Topology;
using NeuroTrails.Training.Schedules;
using static TorchSharp.torch;

namespace NeuroTrails.Training;

/// <summary>
/// All that follows from a run's options and the shape of its data: network, cut, budgets, length, schedules.
/// Every owner computes the same plan for itself, so that only options travel.
/// </summary>
public sealed partial class RunPlan
{
    private readonly LearningRateSchedule _learningRate;
    private readonly PublishedPruneRates _publishedPruneRates;
    private readonly Lazy<double> _trainingFlops;

    /// <summary>Plans a run.</summary>
    /// <param name="options">The run's options, validated.</param>
    /// <param name="data">Shape and size of the training split.</param>
    /// <param name="models">The networks by name.</param>
    /// <exception cref="UserErrorException">Options, model and data do not fit one another.</exception>
    public RunPlan(RunOptions options, DataShape data, ModelCatalogue models)
    {
        Data = data;
        Method = EnsembleMethods.Of(options.Ensemble.Method);
        if (MethodSettings.Against(Method, options) is [var (path, message), ..])
        {
            throw new UserErrorException($"{path}: {message}. Change {path} or ensemble.method.");
        }

        TextCheck.Check(Method, options, data);
        try
        {
            Network = Method.Build(models, options, data);
            (Backbone, Head) = Method.Cut(Network, options.Ensemble);
        }
        catch (OverflowException fault)
        {
            throw new UserErrorException(
                $"{options.Model.Name} on samples of shape {data.Sample} has a tensor with more values than can be counted. {LessPlease}",
                fault
            );
        }

        RefuseImpossible(options.Ensemble.Heads);
        StepsPerEpoch = data.TrainingSamples / options.Training.Batch;
        if (StepsPerEpoch == 0)
        {
            throw new UserErrorException(
                $"A batch of {options.Training.Batch} needs at least as many training samples, but there are {data.TrainingSamples}. "
                    + $"Allowed here: 1 to {data.TrainingSamples}. Change training.batch."
            );
        }

        TotalSteps = options.Training.Steps ?? Math.Max(1, (long)Math.Ceiling(options.Training.Epochs * StepsPerEpoch));
        Options = options with { Topology = options.Topology with { Every = TopologySchedule.Every(TotalSteps, options.Topology) } };
        NormCheck.Check(this);
        ClassWeights = WeightsOf(options.Training.ClassWeights, data);
        Budgets = Allocate();
        Size = NetworkSize
            .Of(Owners.SelectMany(owner => Part(owner).Parameters.Select(spec => (spec, Active(owner, spec)))))
            .With(Owners.Sum(owner => Part(owner).Graph.Nodes.Sum(node => node.Operation.Macs)));
        _learningRate = new(options.Training);
        _publishedPruneRates = new(TotalSteps, options.Topology);
        _trainingFlops = new(CountTrainingFlops);
        Models = models;
        Method.Check(this);
    }

    /// <summary>The networks by name.</summary>
    public ModelCatalogue Models { get; }

    /// <summary>The run's options; the interval of topology updates is resolved.</summary>
    public RunOptions Options { get; }

    /// <summary>Shape and size of the training split.</summary>
    public DataShape Data { get; }

    /// <summary>How the ensemble is made.</summary>
    public EnsembleMethod Method { get; }

    /// <summary>The network, uncut.</summary>
    public Network Network { get; }

    /// <summary>What the backbone computes.</summary>
    public NetworkPart Backbone { get; }

    /// <summary>What each head computes.</summary>
    public NetworkPart Head { get; }

    /// <summary>Whether the backbone has anything to learn, and so wants the heads' gradients of its output.</summary>
    public bool BackboneLearns => Backbone.Parameters.Any();

    /// <summary>Whether it learns the next token of texts.</summary>
    public bool IsText => Data.Sample.IsTokens;

    /// <summary>Number of heads M.</summary>
    public int Heads => Options.Ensemble.Heads;

    /// <summary>Members of the ensemble that each head holds.</summary>
    public int MembersPerHead => Method.MembersPerHead(Options.Ensemble);

    /// <summary>Members of the ensemble, whose predictions are combined.</summary>
    public int Members => Heads * MembersPerHead;

    /// <summary>The backbone, then the heads in order.</summary>
    public IEnumerable<OwnerId> Owners => OwnerId.All(Heads);

    /// <summary>Whole batches in the training split; what is left over waits for the next epoch's order.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>Optimiser steps of the run.</summary>
    public long TotalSteps { get; }

    /// <summary>Budgets of each owner's masked tensors, by full tensor name; empty for a dense run.</summary>
    public IReadOnlyDictionary<OwnerId, IReadOnlyDictionary<string, LayerBudget>> Budgets { get; }

    /// <summary>Parameters and multiply-adds of the whole ensemble.</summary>
    public NetworkSize Size { get; }

    /// <summary>Floating-point operations of all training steps, two a multiply-add with an active weight, forward and backward; without
    /// norms, activations, optimiser and measurements.</summary>
    public double TrainingFlops => OwnTrainingFlops + (2 * Method.AssistingMacs(this) * Options.Training.Batch);

    /// <summary>The same without what a teacher takes.</summary>
    public double OwnTrainingFlops => _trainingFlops.Value;

    /// <summary>Floating-point operations of one prediction for one sample: two a multiply-add with an active weight.</summary>
    public long InferenceFlops => 2 * Method.FinishedSize(this).ActiveMacs;

    /// <summary>Type of the master weights.</summary>
    public ScalarType MasterType => Options.Training.Precision == Precision.Float64 ? ScalarType.Float64 : ScalarType.Float32;

    /// <summary>Type that is computed in.</summary>
    public ScalarType Arithmetic => Options.Training.Precision == Precision.Bfloat16 ? ScalarType.BFloat16 : MasterType;

    /// <summary>What an owner computes.</summary>
    /// <param name="owner">The owner.</param>
    public NetworkPart Part(OwnerId owner) => owner.IsBackbone ? Backbone : Head;

    /// <summary>Type in which activations reach the heads and their gradients come back.</summary>
    public ScalarType HandOver => Options.Training.ActivationDtype == ActivationType.Bfloat16 ? ScalarType.BFloat16 : Arithmetic;

    /// <summary>An activation as heads get it; tokens stay the numbers that they are.</summary>
    /// <param name="activation">The backbone's output.</param>
    public Tensor ToHandOver(Tensor activation) => IsFloating(activation) ? activation.to_type(HandOver) : activation;

    /// <summary>An activation as heads compute with it; tokens stay the numbers that they are.</summary>
    /// <param name="activation">What they got.</param>
    public Tensor ToArithmetic(Tensor activation) => IsFloating(activation) ? activation.to_type(Arithmetic) : activation;

    /// <summary>Parts that a batch is computed in.</summary>
    public int MicroBatches => Options.Training.MicroBatches;

    /// <summary>Samples of each part.</summary>
    public int MicroBatch => Options.Training.Batch / MicroBatches;

    /// <summary>Samples measured at once; of texts no more than are learnt from at once, for a vocabulary's scores are many.</summary>
    public int EvaluationBatch => IsText ? Math.Min(MicroBatch, Options.Evaluation.Batch) : Options.Evaluation.Batch;

    /// <summary>Factor on each head's loss of a micro-batch before its backward pass.</summary>
    public double LossScale => (Options.Ensemble.Loss == LossCombination.Mean ? 1.0 / Heads : 1.0) / MicroBatches;

    /// <summary>Whether every gradient of a step is needed, that of masked positions as well: what grows is chosen by them.</summary>
    /// <param name="step">Step, 1 to <see cref="TotalSteps"/>.</param>
    public bool NeedsDenseGradients(long step) =>
        Method.Applies(this, step)
        && (UpdatesTopology(step) || (Budgets.Count > 0 && Options.Topology is { Grow: GrowRule.Momentum, Drop: not DropRule.None }));

    /// <summary>Learning rate of a step.</summary>
    /// <param name="step">Step, 1 to <see cref="TotalSteps"/>.</param>
    public double LearningRate(long step) => Method.LearningRate(this, step);

    /// <summary>Learning rate of the run's schedule.</summary>
    /// <param name="step">Step, 1 to <paramref name="steps"/>.</param>
    /// <param name="steps">Steps that the schedule is spread over.</param>
    public double ScheduledRate(long step, long steps) => _learningRate.At(step, steps);

    /// <summary>Whether the validation split is measured after a step: as the settings say, and where the method needs it.</summary>
    /// <param name="step">Step, 1 to <see cref="TotalSteps"/>.</param>
    public bool IsMeasured(long step) =>
        Data.ValidationSamples > 0 && (IsMeasuredAnyway(step) || (Method.ChoosesByValidation && Method.KeepsAt(this, step)));

    /// <summary>Whether the settings have the validation split measured after a step.</summary>
    /// <param name="step">Step, 1 to <see cref="TotalSteps"/>.</param>
    public bool IsMeasuredAnyway(long step) =>
        Data.ValidationSamples > 0 && (step == TotalSteps || step % ((long)StepsPerEpoch * Options.Evaluation.EveryEpochs) == 0);

    /// <summary>Epoch (from 0) and batch in it (from 0) of a step.</summary>
    /// <param name="step">Step, 1 to <see cref="TotalSteps"/>.</param>
    public (int Epoch, int Batch) Position(long step) => ((int)((step - 1) / StepsPerEpoch), (int)((step - 1) % StepsPerEpoch));

    /// <summary>Whether the topology is updated after this step.</summary>
    /// <param name="step">Step, 1 to <see cref="TotalSteps"/>.</param>
    public bool UpdatesTopology(long step) =>
        Budgets.Count > 0 && TopologySchedule.IsUpdateStep(step, TotalSteps, Options.Topology, Options.Compatibility);

    /// <summary>Prune rate and temperature of the update after a step.</summary>
    /// <param name="step">Step, 1 to <see cref="TotalSteps"/>.</param>
    public TopologyRate TopologyRate(long step) =>
        new(
            Options.Compatibility == Compatibility.Official
                ? _publishedPruneRates.At(step)
                : PruneRateSchedule.At(step, TotalSteps, Options.Topology),
            TemperatureSchedule.At(step, TotalSteps, Options.Topology),
            Options.Compatibility
        );

    /// <summary>Active positions of an owner's masked tensors at the start.</summary>
    /// <param name="owner">The owner.</param>
    public long MaskedActive(OwnerId owner) => Part(owner).Maskable.Sum(spec => Active(owner, spec));

    /// <summary>Active positions of an owner's masked tensors after a step.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="step">Steps made, 0 to <see cref="TotalSteps"/>.</param>
    public long MaskedActive(OwnerId owner, long step) => Part(owner).Maskable.Sum(spec => Method.ActiveAfter(this, owner, spec, step));

    /// <summary>How much a sample of each class counts in the loss [C]; null where all count the same.</summary>
    public IReadOnlyList<float>? ClassWeights { get; }

    /// <summary>Draws an owner's masks from its generator and zeroes what they leave out.</summary>
    /// <param name="tensors">What the owner holds, newly initialised.</param>
    /// <param name="owner">The owner.</param>
    public void DrawMasks(OwnerTensors tensors, OwnerId owner)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (Budgets.TryGetValue(owner, out var budgets))
        {
            foreach (var parameter in tensors.Parameters.Where(parameter => parameter.Spec.Maskable))
            {
                MaskStore.Draw(parameter, budgets[parameter.Spec.Name], Options.Compatibility, tensors.Generator);
            }
        }
    }

    private static float[]? WeightsOf(ClassWeighting weighting, DataShape data)
    {
        if (weighting == ClassWeighting.None)
        {
            return null;
        }

        if (data.ClassCounts is not { } counts || counts.Count != data.Classes || counts.All(count => count <= 0))
        {
            throw new UserErrorException(
                "training.class_weights is balanced, but the data source does not say how many training samples each class has. Allowed "
                    + "here: none. Change training.class_weights."
            );
        }

        // A class without training samples has no weight, and needs none.
        var (samples, present) = (counts.Sum(count => (double)count), counts.Count(count => count > 0));
        return [.. counts.Select(count => count <= 0 ? 0 : (float)(samples / ((double)present * count)))];
    }

    /// <summary>Active positions of an owner's tensor; all of them where it has no mask.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="spec">A trained tensor of its part.</param>
    public long Active(OwnerId owner, TensorSpec spec) =>
        Budgets.TryGetValue(owner, out var budget) && budget.TryGetValue(spec.Name, out var layer) ? layer.Active : spec.Count;

    private static bool IsFloating(Tensor activation) => activation.dtype != ScalarType.Int64;

    private double CountTrainingFlops()
    {
        var macs = 0.0;
        for (var step = 1L; step <= TotalSteps; step++)
        {
            macs += Method.TrainingMacs(this, step);
        }

        return 2 * macs * Options.Training.Batch;
    }

    private Dictionary<OwnerId, IReadOnlyDictionary<string, LayerBudget>> Allocate()
    {
        if (Options.Topology.Density == 1.0)
        {
            return [];
        }

        if (!BackboneLearns)
        {
            // Networks that share nothing: each has the density that was asked for, whatever others there are.
            var own = DensityAllocation.Allocate([.. Head.Maskable], Options.Topology);
            var budgetsOfOne = own.ToDictionary(budget => budget.Spec.Name, StringComparer.Ordinal);
            return Owners
                .Where(owner => !owner.IsBackbone)
                .ToDictionary(owner => owner, _ => (IReadOnlyDictionary<string, LayerBudget>)budgetsOfOne);
        }

        var owned = Owners.SelectMany(owner => Part(owner).Maskable.Select(spec => (Owner: owner, Spec: spec))).ToList();
        var budgets = DensityAllocation.Allocate([.. owned.Select(pair => pair.Spec)], Options.Topology);
        return owned
            .Zip(budgets)
            .GroupBy(pair => pair.First.Owner)
            .ToDictionary(
                group => group.Key,
                group =>
                    (IReadOnlyDictionary<string, LayerBudget>)
                        group.ToDictionary(pair => pair.First.Spec.Name, pair => pair.Second, StringComparer.Ordinal)
            );
    }
}
