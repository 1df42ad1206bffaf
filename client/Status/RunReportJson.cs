using System.Text.Json.Serialization;

namespace NeuroTrails.Client.Status;

/// <summary>JSON of <see cref="RunReport"/>: snake_case keys, absent values left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true
)]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(RunReports))]
internal sealed partial class RunReportJson : JsonSerializerContext;

/// <summary>What <c>runs --json</c> prints.</summary>
/// <param name="Runs">The runs, the one written last first.</param>
internal sealed record RunReports(IReadOnlyList<RunReport> Runs);
