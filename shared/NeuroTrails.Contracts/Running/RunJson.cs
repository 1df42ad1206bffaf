using System.Text.Json.Serialization;

namespace NeuroTrails.Running;

/// <summary>JSON form of what a run leaves behind and of what the command line prints: snake_case keys, absent values left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true
)]
[JsonSerializable(typeof(RunSummary))]
[JsonSerializable(typeof(FailedRun))]
[JsonSerializable(typeof(EvaluationResult))]
[JsonSerializable(typeof(CorruptionFigures))]
[JsonSerializable(typeof(PredictionResult))]
[JsonSerializable(typeof(Comparison))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(double[]))]
public sealed partial class RunJson : JsonSerializerContext;

/// <summary>The same on one line, for output that other programs read line by line.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(StepBenchmarkResult))]
[JsonSerializable(typeof(TopologyBenchmarkResult))]
[JsonSerializable(typeof(WireBenchmarkResult))]
[JsonSerializable(typeof(string[]))]
public sealed partial class RunJsonLine : JsonSerializerContext;
