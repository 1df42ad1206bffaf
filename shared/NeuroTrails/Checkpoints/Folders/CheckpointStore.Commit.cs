using NeuroTrails.Files;
using NeuroTrails.Formats;

namespace NeuroTrails.Checkpoints;

public sealed partial class CheckpointStore
{
    /// <summary>Begins a checkpoint; a draft of the same step and generation that was left behind is replaced.</summary>
    /// <param name="step">Steps completed, from 0.</param>
    /// <param name="generation">Generation of the run, from 0.</param>
    /// <exception cref="UserErrorException">The disk is full or not writable.</exception>
    public CheckpointDraft BeginTemp(long step, long generation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfNegative(generation);
        RefuseLink();
        var folder = Path.Combine(Folder, CheckpointNames.Draft(step, generation));
        Explaining(
            folder,
            null,
            () =>
            {
                _files.DeleteDirectory(folder);
                _files.CreateDirectory(folder);
            }
        );
        return new CheckpointDraft(_files, folder, step, generation, owned: true);
    }

    /// <summary>
    /// Makes a draft a checkpoint: files, then the manifest, then the new name, each on the disk before the next. After a crash at any
    /// moment either the whole checkpoint is there or none of it.
    /// </summary>
    /// <param name="draft">All owners have written into it.</param>
    /// <param name="state">What the run knows of this moment.</param>
    /// <param name="reported">What <see cref="CheckpointDraft.WriteOwner"/> returned in other
    /// processes; saves reading their files again.</param>
    /// <exception cref="SafetensorsFormatException">A file that was not reported is torn.</exception>
    /// <exception cref="InvalidOperationException">A reported file is missing or has another size,
    /// or a newer generation has committed this step.</exception>
    /// <exception cref="UserErrorException">The disk is full or not writable; the draft is
    /// removed, the checkpoints before it are untouched.</exception>
    public CommittedCheckpoint Commit(CheckpointDraft draft, CheckpointState state, IEnumerable<ManifestFile>? reported = null)
    {
        var target = new CheckpointEntry(draft.Step, FolderOf(draft.Step));
        try
        {
            return Explaining(
                target.Folder,
                null,
                () =>
                {
                    RefuseOlderGeneration(draft, target);
                    var manifest = Describe(draft, state, reported);
                    WriteManifest(draft, manifest);
                    Publish(draft.Folder, target);
                    draft.Finish();
                    var bytes = manifest.Files.Sum(file => file.Bytes);
                    LogCommitted(draft.Step, bytes, target.Folder);
                    return CheckpointVerifier.VerifySizes(target);
                }
            );
        }
        finally
        {
            draft.Dispose();
        }
    }

    private CheckpointManifest Describe(CheckpointDraft draft, CheckpointState state, IEnumerable<ManifestFile>? reported)
    {
        var known = new Dictionary<string, ManifestFile>(draft.Written, StringComparer.Ordinal);
        foreach (var file in reported ?? [])
        {
            known[file.Name] = file;
        }

        var paths = Directory.EnumerateFiles(draft.Folder).ToDictionary(path => Path.GetFileName(path), StringComparer.Ordinal);
        if (known.Keys.FirstOrDefault(name => !paths.ContainsKey(name)) is { } missing)
        {
            throw new InvalidOperationException($"'{missing}' was reported as written, but is not in '{draft.Folder}'");
        }

        var files = new List<ManifestFile>();
        foreach (var (name, path) in paths.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            _files.SyncFile(path);
            var bytes = new FileInfo(path).Length;
            var file = known.GetValueOrDefault(name) ?? Inspect(name, path, bytes);
            files.Add(
                file.Bytes == bytes ? file : throw new InvalidOperationException($"'{path}' has {bytes} bytes, {file.Bytes} were reported")
            );
        }

        return new CheckpointManifest
        {
            FormatVersion = CheckpointManifest.CurrentFormat,
            Step = draft.Step,
            Epoch = state.Epoch,
            DataPosition = state.DataPosition,
            Generation = draft.Generation,
            Time = (_time ?? throw new InvalidOperationException("This store of checkpoints only reads.")).GetUtcNow(),
            Versions = new SortedDictionary<string, string>(state.Versions.ToDictionary(), StringComparer.Ordinal),
            Files = files,
        };
    }

    // A file that nobody vouched for: its writer may have been killed in the middle of it.
    private static ManifestFile Inspect(string name, string path, long bytes)
    {
        if (name.EndsWith(CheckpointNames.OwnerExtension, StringComparison.Ordinal))
        {
            SafetensorsFile.Open(path).Dispose();
        }

        return new ManifestFile(name, bytes, CheckpointVerifier.Sha256(path));
    }

    private void WriteManifest(CheckpointDraft draft, CheckpointManifest manifest)
    {
        using (var stream = _files.Create(Path.Combine(draft.Folder, ManifestFormat.FileName)))
        {
            stream.Write(ManifestFormat.Write(manifest));
            _files.Sync(stream);
        }

        // The names of the files, or the folder could arrive under its new name without them.
        _files.SyncDirectory(draft.Folder);
    }

    private void Publish(string draft, CheckpointEntry target)
    {
        var aside = Path.Combine(Folder, CheckpointNames.AsidePrefix + CheckpointNames.Step(target.Step));
        var replaces = Directory.Exists(target.Folder);
        if (replaces)
        {
            // A folder cannot be renamed over another. Should the machine die between the two renames, CleanUp brings the old one back.
            _files.DeleteDirectory(aside);
            _files.MoveDirectory(target.Folder, aside);
        }

        _files.MoveDirectory(draft, target.Folder);
        _files.SyncDirectory(Folder);
        if (replaces)
        {
            BestEffort.Do(() => _files.DeleteDirectory(aside));
        }
    }

    private void RefuseLink()
    {
        if (new DirectoryInfo(Folder).LinkTarget is { } target)
        {
            throw new UserErrorException(
                $"'{Folder}' is a symbolic link to '{target}', and what a run writes stays in its folder. "
                    + "Replace the link by the folder, or move the run folder as a whole and link that."
            );
        }
    }

    private static void RefuseOlderGeneration(CheckpointDraft draft, CheckpointEntry target)
    {
        long there;
        try
        {
            there = CheckpointVerifier.VerifySizes(target).Manifest.Generation;
        }
        catch (CheckpointDamagedException)
        {
            return; // Nothing there, or nothing worth keeping.
        }

        if (there > draft.Generation)
        {
            throw new InvalidOperationException(
                $"step {draft.Step} was committed by generation {there}; generation {draft.Generation} comes too late"
            );
        }
    }

    private static void Explaining(string path, long? bytesNeeded, Action act) =>
        Explaining(
            path,
            bytesNeeded,
            () =>
            {
                act();
                return true;
            }
        );

    private static T Explaining<T>(string path, long? bytesNeeded, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception fault) when (StorageFaults.Explain(fault, path, bytesNeeded) is not null)
        {
            throw StorageFaults.Explain(fault, path, bytesNeeded)!;
        }
    }
}
