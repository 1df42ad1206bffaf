using System.Text.Json;
using System.Text.Json.Serialization;
using NeuroTrails.Metrics;

namespace NeuroTrails.Running;

/// <summary>
/// How well an ensemble and its heads do on some samples: one record from the node that measures to the screen, files and telemetry.
/// Figures of diversity are absent, not zero, for one head; what else may be absent was not measured by older versions. Definitions:
/// <c>docs/metrics.md</c>.
/// </summary>
[GenerateSerializer, Immutable, Alias("nt.EnsembleFigures")]
public record EnsembleFigures : IJsonOnDeserialized
{
    private const string Head = "head_";

    /// <summary>Samples measured.</summary>
    [Id(0)]
    public long? Samples { get; init; }

    /// <summary>
    /// Every figure by its key, in the order of the catalogue of metrics: a <see cref="double"/> of the ensemble such as <c>nll</c>, a
    /// double[] [M] of its heads such as <c>head_nll</c>. In JSON they stand beside the other properties.
    /// </summary>
    [Id(1), JsonExtensionData, JsonInclude]
    public Dictionary<string, object> Figures { get; internal set; } = new(StringComparer.Ordinal);

    /// <summary>Samples by true class (row), then by the class that the ensemble predicted
    /// (column) [C][C]; absent where they were not asked for.</summary>
    [Id(2)]
    public IReadOnlyList<IReadOnlyList<long>>? Confusion { get; init; }

    /// <summary>What a member is called: <c>head</c>, <c>member</c> or <c>pass</c>, as the method says.</summary>
    [Id(3)]
    public string Member { get; init; } = "head";

    /// <summary>The figures of the ensemble by the metric's name.</summary>
    [JsonIgnore]
    public IEnumerable<KeyValuePair<string, double>> Values =>
        Figures.Where(figure => figure.Value is double).Select(figure => KeyValuePair.Create(figure.Key, (double)figure.Value));

    /// <summary>A figure of the ensemble; null where it is absent.</summary>
    /// <param name="name">The metric's name.</param>
    [JsonIgnore]
    public double? this[string name] => Figures.TryGetValue(name, out var value) ? value as double? : null;

    /// <summary>A figure of each head [M]; null where it is absent.</summary>
    /// <param name="name">The metric's name.</param>
    public IReadOnlyList<double>? OfHeads(string name) => Figures.TryGetValue(Head + name, out var values) ? values as double[] : null;

    /// <summary>The figures of an evaluation.</summary>
    /// <param name="report">What was measured.</param>
    /// <param name="member">What a member is called.</param>
    public static EnsembleFigures Of(EvaluationReport report, string member = "head")
    {
        var figures = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in report.Values)
        {
            figures.Add(name, value);
            if (report.HeadValues.TryGetValue(name, out var heads))
            {
                figures.Add(Head + name, heads.ToArray());
            }
        }

        return new()
        {
            Samples = report.Count,
            Member = member,
            Figures = figures,
            Confusion = report.Confusion is { } counts ? counts.Chunk((int)Math.Sqrt(counts.Count)).ToArray() : null,
        };
    }

    /// <inheritdoc/>
    /// <exception cref="JsonException">There is no accuracy: the text is not that of figures.</exception>
    void IJsonOnDeserialized.OnDeserialized()
    {
        // What is neither number nor numbers comes from a newer version.
        foreach (var (name, value) in Figures.ToList())
        {
            switch (value)
            {
                case JsonElement { ValueKind: JsonValueKind.Number } number:
                    Figures[name] = number.GetDouble();
                    break;
                case JsonElement { ValueKind: JsonValueKind.Array } array
                    when array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number):
                    Figures[name] = array.EnumerateArray().Select(item => item.GetDouble()).ToArray();
                    break;
                default:
                    Figures.Remove(name);
                    break;
            }
        }

        if (this["accuracy"] is null || OfHeads("accuracy") is not { Count: > 0 })
        {
            throw new JsonException("There is no accuracy or head_accuracy.");
        }
    }
}

/// <summary>The figures that every version has measured. They are no properties of the record, whose names JSON would keep from the
/// figures.</summary>
public static class CommonFigures
{
    extension(EnsembleFigures figures)
    {
        /// <summary>Accuracy of the ensemble, 0 to 1.</summary>
        public double Accuracy => figures["accuracy"] ?? double.NaN;

        /// <summary>Negative log-likelihood of the ensemble, in nats a sample.</summary>
        public double Nll => figures["nll"] ?? double.NaN;

        /// <summary>Expected calibration error of the ensemble, 15 equal-width bins, 0 to 1.</summary>
        public double Ece => figures["ece"] ?? double.NaN;

        /// <summary>Accuracy of each head alone [M].</summary>
        public IReadOnlyList<double> HeadAccuracy => figures.OfHeads("accuracy") ?? [];
    }
}
