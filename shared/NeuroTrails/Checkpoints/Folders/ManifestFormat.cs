using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeuroTrails.Checkpoints;

/// <summary>Reads and writes <c>manifest.json</c>.</summary>
internal static class ManifestFormat
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>The file's bytes.</summary>
    public static byte[] Write(CheckpointManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, Options);

    /// <summary>Reads a manifest that must describe a given step.</summary>
    /// <exception cref="CheckpointDamagedException">It is malformed, of a newer format, or of another step.</exception>
    public static CheckpointManifest Read(string folder, byte[] text, long step)
    {
        CheckpointManifest manifest;
        try
        {
            RefuseNewerFormat(folder, text);
            manifest = JsonSerializer.Deserialize<CheckpointManifest>(text, Options)
                ?? throw new CheckpointDamagedException(folder, $"{FileName} is empty");
        }
        catch (JsonException fault)
        {
            throw new CheckpointDamagedException(folder, $"{FileName} is malformed: {fault.Message}", fault);
        }

        if (manifest.Step != step)
        {
            throw new CheckpointDamagedException(folder, $"{FileName} is of step {manifest.Step}, the folder of step {step}");
        }

        foreach (var file in manifest.Files)
        {
            // A manifest must not be able to point outside its folder.
            if (file.Name.Length == 0 || file.Name != Path.GetFileName(file.Name) || file.Name is "." or ".." or FileName)
            {
                throw new CheckpointDamagedException(folder, $"{FileName} lists a file named '{file.Name}'");
            }
        }

        return manifest;
    }

    private static void RefuseNewerFormat(string folder, byte[] text)
    {
        // Looked at first, because a newer format may well have keys that this one does not know.
        using var document = JsonDocument.Parse(text);
        if (document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("format_version", out var version)
            && version.TryGetInt32OrNull() is { } number
            && number != CheckpointManifest.CurrentFormat)
        {
            throw new CheckpointDamagedException(folder, $"it has format version {number}, this build reads {CheckpointManifest.CurrentFormat}");
        }
    }

    private static int? TryGetInt32OrNull(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) ? number : null;
}
