using System.Text.RegularExpressions;

namespace NeuroTrails.Metrics;

/// <summary>The metrics that every evaluation measures, in the order in which they are shown: the built-in ones, and those that a host
/// registers.</summary>
public sealed partial class MetricCatalogue
{
    // Keys of summary.json and of `eval --json` that are no figures.
    internal static readonly IReadOnlyList<string> Taken =
    [
        "active_parameters",
        "active_weights",
        "calibration",
        "class_names",
        "confusion",
        "corruptions",
        "cpu_joules",
        "dense_parameters",
        "density",
        "dropped",
        "failure",
        "grown",
        "heads",
        "inference_flops",
        "member",
        "out_of_distribution",
        "peak_mib",
        "prediction",
        "runtime",
        "samples",
        "split",
        "step",
        "steps",
        "topology_updates",
        "train_seconds",
        "training_flops",
        "weights",
    ];

    // TokenEvaluation measures them by itself.
    private static readonly MetricDefinition[] OfTokens =
    [
        MetricDefinition.OfPredictions("perplexity", "perplexity", () => new Perplexity(), ofHeads: true),
        MetricDefinition.OfPredictions("bits_per_byte", "bits a byte", () => new NegativeLogLikelihood(), ofHeads: true),
    ];

    private readonly List<MetricDefinition> _metrics =
    [
        MetricDefinition.OfPredictions("accuracy", "accuracy", () => new Accuracy(), ofHeads: true),
        MetricDefinition.OfPredictions("nll", "NLL", () => new NegativeLogLikelihood(), ofHeads: true),
        MetricDefinition.OfPredictions("ece", "ECE", () => new ExpectedCalibrationError(), ofHeads: true),
        MetricDefinition.OfPredictions("brier", "Brier", () => new Brier()),
        MetricDefinition.OfPredictions("top5_accuracy", "top-5 accuracy", () => new TopFiveAccuracy(), leastClasses: 6),
        MetricDefinition.OfPredictions("adaptive_ece", "adaptive ECE", () => new AdaptiveCalibrationError()),
        MetricDefinition.OfPredictions("classwise_ece", "class-wise ECE", () => new ClassWiseCalibrationError()),
        MetricDefinition.OfPredictions("aurc", "AURC", () => new AreaUnderRiskCoverage()),
        MetricDefinition.OfPredictions("entropy", "entropy", () => new PredictiveEntropy(), "nats"),
        MetricDefinition.OfDiversity("disagreement", "disagreement", heads => new Disagreement(heads)),
        MetricDefinition.OfDiversity("kl_diversity", "KL diversity", heads => new KlDiversity(heads)),
        MetricDefinition.OfDiversity("mutual_information", "mutual information", heads => new MutualInformation(heads)),
    ];

    /// <summary>The built-in metrics.</summary>
    public static MetricCatalogue BuiltIn { get; } = new();

    /// <summary>The metrics.</summary>
    public IReadOnlyList<MetricDefinition> Metrics => _metrics;

    /// <summary>Adds a metric of one's own: evaluations, files and displays then have it.</summary>
    /// <param name="metric">The metric.</param>
    /// <exception cref="ArgumentException">Its name is taken, or is not in snake_case.</exception>
    public void Register(MetricDefinition metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        if (!SnakeCase().IsMatch(metric.Name) || metric.Name.StartsWith("head_", StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"'{metric.Name}' is no name for a metric; allowed: snake_case such as top_two_accuracy, without head_ before it.",
                nameof(metric)
            );
        }

        if (Taken.Contains(metric.Name) || _metrics.Exists(known => known.Name == metric.Name))
        {
            throw new ArgumentException($"There is a figure '{metric.Name}' already; choose another name.", nameof(metric));
        }

        _metrics.Add(metric);
    }

    /// <summary>The metric of a name, those that only language models have among them; null where there is none.</summary>
    /// <param name="name">Its key.</param>
    public MetricDefinition? Find(string name) =>
        _metrics.Find(metric => metric.Name == name) ?? Array.Find(OfTokens, metric => metric.Name == name);

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();
}
