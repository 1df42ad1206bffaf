using System.Text.Json.Serialization;

namespace NeuroTrails.Client.Status;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true
)]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(RunReports))]
internal sealed partial class RunReportJson : JsonSerializerContext;

internal sealed record RunReports(IReadOnlyList<RunReport> Runs);
