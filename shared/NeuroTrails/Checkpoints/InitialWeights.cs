using NeuroTrails.Files;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Checkpoints;

/// <summary>
/// Weights of another run that a run starts from. They are copied into the run's own folder, <c>initial/</c>, so that a run which is lost
/// before its first checkpoint begins with them again, whatever has become of the other one.
/// </summary>
public static class InitialWeights
{
    private const string FreshFile = "fresh.txt";

    /// <summary>Which run and which of its checkpoints a path means.</summary>
    /// <param name="path">Folder of a run, or of one of its checkpoints.</param>
    /// <returns>The run, and the step of the checkpoint; null for the last one.</returns>
    public static (RunFolder Folder, long? Step) Find(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return
            CheckpointNames.ParseStep(Path.GetFileName(full)) is { } step && Path.GetDirectoryName(Path.GetDirectoryName(full)) is { } run
            ? (new(run), step)
            : (new(full), null);
    }

    /// <summary>Finds the tensors that two runs do not have alike.</summary>
    /// <param name="source">Plan of the run whose weights are taken.</param>
    /// <param name="plan">Plan of the run that starts.</param>
    /// <returns>Names of the tensors of another shape, such as those of the last layer where there
    /// are other classes; they start as in any run.</returns>
    /// <exception cref="UserErrorException">It is another network, another cut, more heads or another precision.</exception>
    public static IReadOnlyList<string> Compare(RunPlan source, RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(plan);
        if (source.MasterType != plan.MasterType)
        {
            throw Refused($"its weights are {source.MasterType}, those asked for {plan.MasterType}", "training.precision");
        }

        if (source.Heads < plan.Heads)
        {
            throw Refused($"it has {source.Heads} heads, and {plan.Heads} are asked for", "ensemble.heads");
        }

        var fresh = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (own, other) in new[] { (plan.Backbone, source.Backbone), (plan.Head, source.Head) })
        {
            var known = other.Tensors.ToDictionary(spec => spec.Name, StringComparer.Ordinal);
            foreach (var spec in own.Tensors)
            {
                if (!known.TryGetValue(spec.Name, out var there))
                {
                    throw Refused(
                        $"it has no tensor '{spec.Name}' there: it is {source.Network.Name}, and {plan.Network.Name} is asked for",
                        "model.name, model.hidden or ensemble.blocks_in_head"
                    );
                }

                if (!spec.Shape.SequenceEqual(there.Shape))
                {
                    fresh.Add(spec.Name);
                }
            }
        }

        return fresh.Count < plan.Backbone.Tensors.Count + plan.Head.Tensors.Count
            ? [.. fresh]
            : throw Refused("no tensor of it has the shape of one that is asked for", "model.name");
    }

    /// <summary>Copies the weights.</summary>
    /// <param name="from">A checkpoint of the other run, held.</param>
    /// <param name="to">The run that starts, locked.</param>
    /// <param name="owners">Its owners.</param>
    /// <param name="fresh">Tensors that are not taken: the result of <see cref="Compare"/>.</param>
    /// <exception cref="UserErrorException">The disk is full or not writable.</exception>
    public static void Copy(CommittedCheckpoint from, RunFolder to, IEnumerable<OwnerId> owners, IEnumerable<string> fresh)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(owners);
        Write(
            to,
            owners,
            fresh,
            (owner, path) =>
            {
                using var source = RegularFile.OpenRead(Path.Combine(from.Folder, OwnerShard.FileName(owner)));
                AtomicFile.Write(DurableFiles.Instance, path, source.CopyTo, source.Length);
            }
        );
    }

    /// <summary>Makes the copy.</summary>
    /// <param name="to">The run that starts, locked.</param>
    /// <param name="owners">Its owners.</param>
    /// <param name="fresh">Tensors that stay as they are drawn.</param>
    /// <param name="write">Writes an owner's file.</param>
    internal static void Write(RunFolder to, IEnumerable<OwnerId> owners, IEnumerable<string> fresh, Action<OwnerId, string> write)
    {
        Directory.CreateDirectory(to.InitialPath);
        foreach (var owner in owners)
        {
            write(owner, Path.Combine(to.InitialPath, OwnerShard.FileName(owner)));
        }

        AtomicFile.WriteAllText(Path.Combine(to.InitialPath, FreshFile), string.Concat(fresh.Select(name => name + "\n")));
        Posix.SyncDirectory(to.Path);
    }

    /// <summary>Whether a folder that owners are to load is such a copy and no checkpoint.</summary>
    /// <param name="folder">The folder.</param>
    public static bool IsOne(string folder) => Path.GetFileName(folder) == RunFolder.InitialName;

    /// <summary>Puts the weights into what an owner has drawn.</summary>
    /// <param name="tensors">What the owner holds, newly initialised, masks drawn.</param>
    /// <param name="folder">The copy.</param>
    /// <param name="owner">The owner.</param>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static void Load(OwnerTensors tensors, string folder, OwnerId owner)
    {
        var fresh = RegularFile.ReadLines(Path.Combine(folder, FreshFile)).ToHashSet(StringComparer.Ordinal);
        OwnerShard.LoadWeights(tensors, folder, owner, fresh);
    }

    private static UserErrorException Refused(string seen, string option) =>
        new($"--init-from: the weights of that run do not fit: {seen}. Change {option}, or leave --init-from out.");
}
