using NeuroTrails.Files;

namespace NeuroTrails.Checkpoints;

public sealed partial class CheckpointStore
{
    /// <summary>Removes all but the newest checkpoints and the best one. Damaged ones do not count as kept, and go; those that somebody
    /// reads stay until the next time.</summary>
    /// <param name="keepLast">How many of the newest to keep, at least 2: one that turns out damaged must have another behind it.</param>
    /// <returns>Steps that were removed, oldest first.</returns>
    public IReadOnlyList<long> Prune(int keepLast)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keepLast, 2);
        var best = Best?.Step;
        var sound = Candidates().Where(IsSound).ToList();
        if (sound.Count < keepLast)
        {
            return []; // Too few to be sure of: even a damaged one may be worth a look.
        }

        var kept = sound.TakeLast(keepLast).Select(entry => entry.Step).Append(best ?? -1).ToHashSet();
        return
        [
            .. Candidates()
                .Where(entry => !kept.Contains(entry.Step) && CheckpointHold.Unless(entry.Folder, () => Remove(entry)))
                .Select(entry => entry.Step),
        ];
    }

    private void Remove(CheckpointEntry entry)
    {
        // Renamed first, for good: a deletion that is interrupted halfway must not look like a damaged checkpoint.
        var doomed = Path.Combine(Folder, CheckpointNames.DoomedPrefix + Path.GetFileName(entry.Folder));
        _files.DeleteDirectory(doomed);
        _files.MoveDirectory(entry.Folder, doomed);
        _files.SyncDirectory(Folder);
        _files.DeleteDirectory(doomed);
    }

    /// <summary>Removes what an interrupted writer left behind, and brings back a checkpoint that it was about to replace.</summary>
    /// <param name="held">Proof that nobody else is writing.</param>
    /// <exception cref="ArgumentException">The lock is of another run.</exception>
    internal void CleanUp(RunLock held)
    {
        if (held.Folder.CheckpointsPath != Folder)
        {
            throw new ArgumentException($"the lock is of '{held.Folder.Path}', not of '{Folder}'", nameof(held));
        }

        CleanUp();
    }

    /// <summary>As above, for a coordinator of a cluster: its generation is written down, and whoever wrote for an older one is refused
    /// from there on.</summary>
    /// <param name="generation">The generation that begins; drafts of it are left alone.</param>
    public void CleanUp(long generation) => BestEffort.Do(() => CleanUp(draft => draft.Generation < generation));

    // As above, for tests that have no lock.
    internal void CleanUp() => CleanUp(_ => true);

    private void CleanUp(Func<(long Step, long Generation), bool> isLeft)
    {
        if (!Directory.Exists(Folder))
        {
            return;
        }

        RefuseLink();

        // What is deleted below may be the only durable copy until the names that were given last are durable too.
        _files.SyncDirectory(Folder);
        foreach (var folder in Directory.EnumerateDirectories(Folder).Order(StringComparer.Ordinal).ToList())
        {
            var name = Path.GetFileName(folder);
            if (
                name.StartsWith(CheckpointNames.AsidePrefix, StringComparison.Ordinal)
                && CheckpointNames.ParseStep(name[CheckpointNames.AsidePrefix.Length..]) is { } step
                && !Directory.Exists(FolderOf(step))
            )
            {
                _files.MoveDirectory(folder, FolderOf(step));
                _files.SyncDirectory(Folder);
                LogBroughtBack(FolderOf(step));
            }
            else if (IsLeftOver(name, isLeft))
            {
                _files.DeleteDirectory(folder);
                LogRemoved(folder);
            }
        }

        foreach (var file in Directory.EnumerateFiles(Folder, "*.tmp").ToList())
        {
            _files.DeleteFile(file);
        }
    }

    private static bool IsLeftOver(string name, Func<(long Step, long Generation), bool> isLeft) =>
        (CheckpointNames.ParseDraft(name) is { } draft && isLeft(draft))
        || (
            (
                name.StartsWith(CheckpointNames.AsidePrefix, StringComparison.Ordinal)
                || name.StartsWith(CheckpointNames.DoomedPrefix, StringComparison.Ordinal)
            ) && CheckpointNames.ParseStep(name[CheckpointNames.AsidePrefix.Length..]) is not null
        );

    private static bool IsSound(CheckpointEntry entry)
    {
        try
        {
            CheckpointVerifier.VerifySizes(entry);
            return true;
        }
        catch (CheckpointDamagedException)
        {
            return false;
        }
    }
}
