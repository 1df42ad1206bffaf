using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeuroTrails.Checkpoints;

internal static class ManifestFormat
{
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

    public static byte[] Write(CheckpointManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, Options);

    public static CheckpointManifest Read(string folder, byte[] text, long step)
    {
        CheckpointManifest manifest;
        try
        {
            RefuseNewerFormat(folder, text);
            manifest =
                JsonSerializer.Deserialize<CheckpointManifest>(text, Options)
                ?? throw new CheckpointDamagedException(folder, $"{FileName} is empty");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The second for half a character: an escaped surrogate without its other half.
            throw new CheckpointDamagedException(folder, $"{FileName} is malformed: {fault.Message}", fault);
        }

        if (manifest.Step != step)
        {
            throw new CheckpointDamagedException(folder, $"{FileName} is of step {manifest.Step}, the folder of step {step}");
        }

        foreach (var file in manifest.Files)
        {
            // The reader looks for null everywhere but inside of lists.
            if (file is null)
            {
                throw new CheckpointDamagedException(folder, $"{FileName} lists a file that is null");
            }

            // A manifest must not be able to point outside its folder.
            if (file.Name is "" or "." or ".." or FileName || file.Name != Path.GetFileName(file.Name) || file.Name.Any(char.IsControl))
            {
                throw new CheckpointDamagedException(folder, $"{FileName} lists a file named '{string.Concat(file.Name.Select(Shown))}'");
            }
        }

        if (manifest.Versions.FirstOrDefault(pair => pair.Value is null).Key is { } unknown)
        {
            throw new CheckpointDamagedException(folder, $"{FileName} has null for the version of '{unknown}'");
        }

        return manifest;
    }

    private static char Shown(char letter) => char.IsControl(letter) ? '?' : letter;

    private static void RefuseNewerFormat(string folder, byte[] text)
    {
        // Looked at first, because a newer format may well have keys that this one does not know.
        using var document = JsonDocument.Parse(text);
        if (
            document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("format_version", out var version)
            && version.TryGetInt32OrNull() is { } number
            && number != CheckpointManifest.CurrentFormat
        )
        {
            throw new CheckpointDamagedException(
                folder,
                $"it has format version {number}, this build reads {CheckpointManifest.CurrentFormat}"
            );
        }
    }

    private static int? TryGetInt32OrNull(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) ? number : null;
}
