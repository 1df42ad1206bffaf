using System.Text.Json;

namespace NeuroTrails.Silo.Web;

/// <summary>The fields of a JSON object that somebody else may have written: what is missing or of another kind is absent.</summary>
/// <param name="element">The object.</param>
internal readonly struct JsonFields(JsonElement element)
{
    /// <summary>A number; what is none, such as NaN written as a word, is absent.</summary>
    public double? Number(string name) => Field(name) is { ValueKind: JsonValueKind.Number } field ? field.GetDouble() : null;

    /// <summary>A whole number.</summary>
    public long? Whole(string name) =>
        Field(name) is { ValueKind: JsonValueKind.Number } field && field.TryGetInt64(out var whole) ? whole : null;

    /// <summary>A text.</summary>
    public string? Text(string name) => Field(name) is { ValueKind: JsonValueKind.String } field ? field.GetString() : null;

    /// <summary>A list of numbers; NaN where one is missing.</summary>
    public IReadOnlyList<double> Numbers(string name) =>
        Field(name) is { ValueKind: JsonValueKind.Array } field
            ? [.. field.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number ? item.GetDouble() : double.NaN)]
            : [];

    /// <summary>A list of objects.</summary>
    public IEnumerable<JsonFields> Items(string name) =>
        Field(name) is { ValueKind: JsonValueKind.Array } field
            ? field.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => new JsonFields(item)).ToList()
            : [];

    private JsonElement? Field(string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var field) ? field : null;
}
