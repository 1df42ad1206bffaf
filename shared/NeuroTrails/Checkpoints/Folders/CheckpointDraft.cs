using System.Collections.Concurrent;
using NeuroTrails.Files;
using NeuroTrails.Formats;

namespace NeuroTrails.Checkpoints;

/// <summary>
/// A checkpoint in the making: a folder into which every owner writes its own file, from whatever process, side by side.
/// Dispose it in any case: a draft that was not committed disappears.
/// </summary>
public sealed class CheckpointDraft : IDisposable
{
    private readonly IDurableFiles _files;
    private readonly bool _owned;
    private bool _finished;

    internal CheckpointDraft(IDurableFiles files, string folder, long step, long generation, bool owned)
    {
        _files = files;
        _owned = owned;
        Folder = folder;
        Step = step;
        Generation = generation;
    }

    /// <summary>The temporary folder; its name carries step and generation.</summary>
    public string Folder { get; }

    /// <summary>Steps completed.</summary>
    public long Step { get; }

    /// <summary>Generation of the run.</summary>
    public long Generation { get; }

    internal ConcurrentDictionary<string, ManifestFile> Written { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Joins a draft that another process began, knowing only its folder; disposing this object leaves the folder alone.
    /// </summary>
    /// <param name="folder"><see cref="Folder"/> of the draft.</param>
    /// <exception cref="ArgumentException">The folder's name is not a draft's.</exception>
    public static CheckpointDraft Join(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        return CheckpointNames.ParseDraft(name) is { } parsed
            ? new CheckpointDraft(DurableFiles.Instance, folder, parsed.Step, parsed.Generation, owned: false)
            : throw new ArgumentException($"'{folder}' is not the folder of a checkpoint draft", nameof(folder));
    }

    /// <summary>Where an owner's file belongs; one who writes it without <see cref="WriteOwner"/> flushes it to the disk.</summary>
    /// <param name="owner">Lower-case letters, digits and hyphens: <c>backbone</c>, <c>head-0</c>.</param>
    public string PathFor(string owner) => Path.Combine(Folder, CheckpointNames.OwnerFile(owner));

    /// <summary>Writes an owner's file and waits until it is on the disk; owners may do so at the same time.</summary>
    /// <param name="owner">Lower-case letters, digits and hyphens: <c>backbone</c>, <c>head-0</c>.</param>
    /// <param name="tensors">What determines the run, and nothing that differs between equal runs (no times).</param>
    /// <param name="metadata">Strings for the header, under the same rule.</param>
    /// <returns>Size and hash, to be handed to <see cref="CheckpointStore.Commit"/> by whoever is not this process.</returns>
    /// <exception cref="UserErrorException">The disk is full or not writable.</exception>
    public ManifestFile WriteOwner(string owner, IEnumerable<TensorSource> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var path = PathFor(owner);
        var sources = tensors.ToList();
        try
        {
            using var stream = _files.Create(path);
            using var hashing = new HashingStream(stream);
            var bytes = SafetensorsWriter.Write(hashing, sources, metadata);
            _files.Sync(stream);
            var written = new ManifestFile(Path.GetFileName(path), bytes, hashing.Sha256());
            Written[written.Name] = written;
            return written;
        }
        catch (Exception fault)
        {
            // Whatever went wrong, half a file must not be there when the others are committed.
            BestEffort.Do(() => _files.DeleteFile(path));
            if (StorageFaults.Explain(fault, path, SafetensorsWriter.Measure(sources, metadata)) is { } error)
            {
                throw error;
            }

            throw;
        }
    }

    /// <summary>Removes the folder, unless it was committed or belongs to another process.</summary>
    public void Dispose()
    {
        if (_owned && !_finished)
        {
            _finished = true;
            BestEffort.Do(() => _files.DeleteDirectory(Folder));
        }
    }

    internal void Finish() => _finished = true;
}
