using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NeuroTrails.Files;

namespace NeuroTrails.Checkpoints;

/// <summary>
/// The checkpoints of one run, in <c>RUN/checkpoints/</c>. Reading is for everybody; drafts, commits, pruning and tidying are for
/// the process that holds the run's <see cref="RunLock"/>.
/// </summary>
public sealed partial class CheckpointStore
{
    private readonly IDurableFiles _files;
    private readonly TimeProvider? _time;
    private readonly ILogger _logger;

    /// <summary>Opens the checkpoints of a run; nothing is touched, and none need exist.</summary>
    /// <param name="runFolder">The run's folder.</param>
    /// <param name="time">Clock for the manifests; null for a store that only reads.</param>
    /// <param name="logger">Told about commits, tidying and every checkpoint that is passed over.</param>
    public CheckpointStore(string runFolder, TimeProvider? time, ILogger<CheckpointStore>? logger = null)
        : this(runFolder, time, logger, DurableFiles.Instance) { }

    internal CheckpointStore(string runFolder, TimeProvider? time, ILogger? logger, IDurableFiles files)
    {
        Folder = Path.Combine(Path.GetFullPath(runFolder), "checkpoints");
        _time = time;
        _logger = logger ?? NullLogger.Instance;
        _files = files;
    }

    /// <summary><c>RUN/checkpoints</c>.</summary>
    public string Folder { get; }

    /// <summary>Committed checkpoints, oldest first, not verified.</summary>
    public IReadOnlyList<CheckpointEntry> List() =>
        [.. Candidates().Where(entry => File.Exists(Path.Combine(entry.Folder, ManifestFormat.FileName)))];

    // Everything that is named like a checkpoint, by step; what lacks a manifest is worth a word to the user.
    private List<CheckpointEntry> Candidates()
    {
        if (!Directory.Exists(Folder))
        {
            return [];
        }

        return
        [
            .. Directory
                .EnumerateDirectories(Folder)
                .Select(folder => (Folder: folder, Step: CheckpointNames.ParseStep(Path.GetFileName(folder))))
                .Where(found => found.Step is not null)
                .Select(found => new CheckpointEntry(found.Step!.Value, found.Folder))
                .OrderBy(entry => entry.Step),
        ];
    }

    private string FolderOf(long step) => Path.Combine(Folder, CheckpointNames.Step(step));
}
