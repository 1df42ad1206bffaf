using System.Text.Json.Serialization;

namespace NeuroTrails.Metrics.OutOfDistribution;

/// <summary>What of a prediction says that its input is foreign.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OutOfDistributionCriterion>))]
public enum OutOfDistributionCriterion
{
    /// <summary>Maximum softmax probability of the ensemble's prediction: low means foreign.</summary>
    [JsonStringEnumMemberName("msp")]
    Msp,

    /// <summary>Entropy of the ensemble's prediction: high means foreign.</summary>
    [JsonStringEnumMemberName("entropy")]
    Entropy,

    /// <summary>Mutual information between prediction and head: high means foreign; needs at least two heads.</summary>
    [JsonStringEnumMemberName("mutual_information")]
    MutualInformation,
}
