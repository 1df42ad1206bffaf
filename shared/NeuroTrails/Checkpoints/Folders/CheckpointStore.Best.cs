using System.Text.Json;
using NeuroTrails.Files;

namespace NeuroTrails.Checkpoints;

public sealed partial class CheckpointStore
{
    private static readonly JsonSerializerOptions BestFormat = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The best checkpoint so far, or null where none was recorded.</summary>
    public BestCheckpoint? Best
    {
        get
        {
            try
            {
                return JsonSerializer.Deserialize<BestCheckpoint>(RegularFile.ReadAllBytes(BestPath, 1 << 16), BestFormat);
            }
            catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
            {
                LogBestIgnored(BestPath, fault.Message);
                return null;
            }
        }
    }

    private string BestPath => Path.Combine(Folder, CheckpointNames.BestFile);

    /// <summary>Records which checkpoint is the best; it is then kept by <see cref="Prune"/>.</summary>
    /// <param name="best">A committed step, what was compared and the value reached, a finite number.</param>
    /// <exception cref="InvalidOperationException">The step was not committed.</exception>
    /// <exception cref="UserErrorException">The disk is full or not writable.</exception>
    public void RecordBest(BestCheckpoint best)
    {
        if (!Directory.Exists(FolderOf(best.Step)))
        {
            throw new InvalidOperationException($"step {best.Step} is not a committed checkpoint of '{Folder}'");
        }

        var text = JsonSerializer.SerializeToUtf8Bytes(best, BestFormat);
        AtomicFile.Write(_files, BestPath, stream => stream.Write(text), text.Length);
    }
}
