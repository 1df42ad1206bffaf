using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeuroTrails.Data;

/// <summary>The text of <c>data.json</c>.</summary>
public static class DataRecordFile
{
    /// <summary>Writes a record.</summary>
    /// <param name="record">What a run was made from.</param>
    /// <returns>JSON; single-precision values keep their bits.</returns>
    public static string Write(DataRecord record) => JsonSerializer.Serialize(record, DataRecordJson.Default.DataRecord) + "\n";

    /// <summary>Reads what <see cref="Write"/> made.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <returns>The record.</returns>
    /// <exception cref="UserErrorException">It is no such text, or says what cannot be.</exception>
    public static DataRecord Read(string text, string source)
    {
        try
        {
            var record = JsonSerializer.Deserialize(text, DataRecordJson.Default.DataRecord) ?? throw new JsonException("it is empty");
            return Fault(record) is { } fault ? throw new JsonException(fault) : record;
        }
        catch (Exception fault) when (fault is JsonException or UserErrorException or OverflowException)
        {
            throw new UserErrorException(
                $"{source}: it does not say what the run was made from ({fault.Message.TrimEnd('.')}). Put the run's own data.json there.",
                fault
            );
        }
    }

    private static string? Fault(DataRecord record)
    {
        if (record.Shape is not [>= 1, >= 1, >= 1] || record.Shape.Aggregate(1L, (product, size) => checked(product * size)) > int.MaxValue)
        {
            return "shape is no [channels, height, width]";
        }

        var parts = record.SampleShape.IsVector ? record.SampleShape.Length : record.SampleShape.Channels;
        IReadOnlyList<float>?[] constants = [record.Mean, record.Deviation, record.Lowest, record.Highest];
        return record.Classes < 1 || (record.ClassNames is { } names && names.Count != record.Classes)
                ? "classes and class_names do not fit"
            : record.Columns is { } columns && columns.Count != record.SampleShape.Length ? "columns do not fit shape"
            : !(record.Scale > 0 && double.IsFinite(record.Scale)) ? "scale is not above 0"
            : constants.Any(values => values is null) && constants.Any(values => values is not null)
                ? "mean, deviation, lowest and highest belong together"
            : constants.Any(values => values is not null && values.Count != parts)
                ? $"mean, deviation, lowest and highest need {parts} values each"
            : constants.Any(values => values is not null && !values.All(float.IsFinite))
            || record.Deviation?.Any(value => value <= 0) == true
                ? "a constant is not possible"
            : record.Train is null ? "train is missing"
            : null;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    WriteIndented = true
)]
[JsonSerializable(typeof(DataRecord))]
internal sealed partial class DataRecordJson : JsonSerializerContext;
