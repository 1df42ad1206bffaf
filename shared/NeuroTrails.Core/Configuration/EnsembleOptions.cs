namespace NeuroTrails.Configuration;

/// <summary>The ensemble's form.</summary>
public sealed record EnsembleOptions
{
    /// <summary>
    /// How the ensemble is made: <c>neurotrails</c> (sparse heads on a shared sparse backbone), <c>static</c> (the same, with
    /// masks that never change), <c>treenet</c> (the same, dense), <c>random_search</c> (one sparse network, the best of several random
    /// masks), <c>single</c> (one dense network), <c>ensemble</c> (independent dense networks), <c>freetickets_dst</c> (independent sparse
    /// ones), <c>freetickets_edst</c> (sparse tickets of one run), <c>subnetworks</c> (disjoint parts of one network),
    /// <c>batch_ensemble</c>, <c>mimo</c>, <c>masksembles</c>, <c>packed</c> (members inside one network), <c>snapshot</c> (the ends of
    /// cycles), <c>swag</c> (samples of a Gaussian of weights), <c>mc_dropout</c> (passes with dropout), <c>sparse_ift</c> (one sparse
    /// network, wider at equal FLOPs) or <c>distil</c> (one network taught a trained ensemble), or a name
    /// that the host registered. Default <c>neurotrails</c>.
    /// </summary>
    public string Method { get; init; } = "neurotrails";

    /// <summary>Number of heads M, 1 to 4096. One head is the single model, exactly. Default 3.</summary>
    [Allowed(AtLeast = 1, AtMost = 4096)]
    public int Heads { get; init; } = 3;

    /// <summary>Members that the one network of a method holds, 1 to 1000: <c>batch_ensemble</c>, <c>mimo</c>, <c>masksembles</c>,
    /// <c>packed</c>, <c>snapshot</c>, <c>swag</c>, <c>subnetworks</c>, <c>freetickets_edst</c>. Default 3.</summary>
    [Allowed(AtLeast = 1, AtMost = 1000)]
    public int Members { get; init; } = 3;

    /// <summary>Share of the steps before members are made, above 0, below 1: the exploration of <c>freetickets_edst</c> (default a third),
    /// the dense phase of <c>subnetworks</c> (a third), the schedule of <c>swag</c> (0.75), all candidates of <c>random_search</c> (0.2).
    /// Default null: as the method has it.</summary>
    [Allowed(Above = 0, Below = 1)]
    public double? FirstPhase { get; init; }

    /// <summary>Random masks that <c>random_search</c> tries, 1 to 1000. Default 5.</summary>
    [Allowed(AtLeast = 1, AtMost = 1000)]
    public int Candidates { get; init; } = 5;

    /// <summary>Share of the active weights that <c>freetickets_edst</c> drops and grows between tickets, 0 to 1. Default 0.8.</summary>
    [Allowed(AtLeast = 0, AtMost = 1)]
    public double Regrow { get; init; } = 0.8;

    /// <summary>How <c>subnetworks</c> divides weights among members. Default <see cref="PartitionRule.Random"/>.</summary>
    public PartitionRule Partition { get; init; } = PartitionRule.Random;

    /// <summary>Scale of the masks of <c>masksembles</c>, 1 (all channels for each member) to 10 (hardly any in common). Default
    /// 2.</summary>
    [Allowed(AtLeast = 1, AtMost = 10)]
    public double MaskScale { get; init; } = 2.0;

    /// <summary>Share of a batch for which all inputs of <c>mimo</c> are the same sample in training, 0 to 1. Default 0.</summary>
    [Allowed(AtLeast = 0, AtMost = 1)]
    public double InputRepetition { get; init; }

    /// <summary>Width α of all members of <c>packed</c> together, in widths of the single network, above 0, at most 100. Default
    /// 2.</summary>
    [Allowed(Above = 0, AtMost = 100)]
    public double PackedWidth { get; init; } = 2.0;

    /// <summary>Groups γ inside each member of <c>packed</c>, 1 to 1024. Default 1.</summary>
    [Allowed(AtLeast = 1, AtMost = 1024)]
    public int PackedGroups { get; init; } = 1;

    /// <summary>Deviations of the weights K that <c>swag</c> remembers, 1 to 100. Default 20.</summary>
    [Allowed(AtLeast = 1, AtMost = 100)]
    public int Rank { get; init; } = 20;

    /// <summary>Folder of the trained run that <c>distil</c> learns from; every silo must reach it. Default null.</summary>
    public string? Teacher { get; init; }

    /// <summary>Number b of the network's last blocks that each head has for itself, 0 (only norm
    /// and classifier) to the number of blocks. Default 2.</summary>
    [Allowed(AtLeast = 0, AtMost = 1000)]
    public int BlocksInHead { get; init; } = 2;

    /// <summary>Predictions with dropout that <c>mc_dropout</c> takes of a sample, each a member of the ensemble, 1 to 1000; other methods
    /// take one. Default 10.</summary>
    [Allowed(AtLeast = 1, AtMost = 1000)]
    public int Passes { get; init; } = 10;

    /// <summary>How the heads' losses combine. A mean divides each head's gradient by M, so that heads learn at 1/M of the rate. Default
    /// <see cref="LossCombination.Sum"/>.</summary>
    public LossCombination Loss { get; init; } = LossCombination.Sum;

    /// <summary>How the heads' outputs become one prediction. Default <see cref="PredictionRule.Probabilities"/>.</summary>
    public PredictionRule Prediction { get; init; } = PredictionRule.Probabilities;
}

/// <summary>How the heads' outputs become one prediction.</summary>
public enum PredictionRule
{
    /// <summary>Mean of the heads' softmax outputs.</summary>
    Probabilities,

    /// <summary>Softmax of the heads' mean logits, as the authors' code does.</summary>
    Logits,
}

/// <summary>How results and files call the rule.</summary>
public static class PredictionRules
{
    /// <summary><c>probabilities</c> or <c>logits</c>: what the ensemble's prediction is the mean of.</summary>
    /// <param name="rule">The rule.</param>
    public static string Word(this PredictionRule rule) => Settings.SettingName.WordOf(rule);
}

/// <summary>How the heads' losses make up the loss of the run.</summary>
public enum LossCombination
{
    /// <summary>The sum over heads.</summary>
    Sum,

    /// <summary>The mean over heads, as in the paper's vision runs.</summary>
    Mean,
}

/// <summary>How the weights of a layer are divided among subnetworks.</summary>
public enum PartitionRule
{
    /// <summary>By lot.</summary>
    Random,

    /// <summary>Each member in turn takes the largest that are left.</summary>
    MagnitudeGreedy,

    /// <summary>The largest weights are dealt out one by one, so that members are equally good.</summary>
    MagnitudeDealt,
}
