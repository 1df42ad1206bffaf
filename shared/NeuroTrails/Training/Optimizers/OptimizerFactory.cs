using NeuroTrails.Configuration;

namespace NeuroTrails.Training.Optimizers;

/// <summary>Makes the optimiser that a run asks for.</summary>
public static class OptimizerFactory
{
    /// <summary>The optimiser of one owner.</summary>
    /// <param name="training">Which one, and its constants.</param>
    /// <param name="topology">Whether growth needs an average of gradients.</param>
    public static IOptimizer Create(TrainingOptions training, TopologyOptions topology)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(topology);
        IOptimizer optimizer = training.Optimizer switch
        {
            OptimizerKind.Sgd => new Sgd(training),
            OptimizerKind.Adam => new Adam(training, decoupled: false),
            OptimizerKind.AdamW => new Adam(training, decoupled: true),
            _ => throw new ArgumentOutOfRangeException(nameof(training), training.Optimizer, "Unknown optimiser."),
        };
        return topology.Grow == GrowRule.Momentum && topology.Density < 1 && topology.Drop != DropRule.None
            ? new GradientAveraging(optimizer, topology.GradientDecay)
            : optimizer;
    }
}
