using System.Text.Json;

namespace NeuroTrails.Silo.Web;

/// <summary>The fields of a JSON object that somebody else may have written: what is missing or of another kind is absent.</summary>
internal readonly struct JsonFields(JsonElement element)
{
    public double? Number(string name) => Field(name) is { ValueKind: JsonValueKind.Number } field ? field.GetDouble() : null;

    public long? Whole(string name) =>
        Field(name) is { ValueKind: JsonValueKind.Number } field && field.TryGetInt64(out var whole) ? whole : null;

    public string? Text(string name) => Field(name) is { ValueKind: JsonValueKind.String } field ? field.GetString() : null;

    // A list of numbers; NaN where one is missing.
    public IReadOnlyList<double> Numbers(string name) =>
        Field(name) is { ValueKind: JsonValueKind.Array } field
            ? [.. field.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number ? item.GetDouble() : double.NaN)]
            : [];

    public IEnumerable<JsonFields> Items(string name) =>
        Field(name) is { ValueKind: JsonValueKind.Array } field
            ? field.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => new JsonFields(item)).ToList()
            : [];

    private JsonElement? Field(string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var field) ? field : null;
}
