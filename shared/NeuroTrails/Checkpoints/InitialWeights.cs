using NeuroTrails.Files;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Checkpoints;

/// <summary>
/// Weights of another run that a run starts from. They are copied into the run's own folder, <c>initial/</c>, so that a run which is lost
/// before its first checkpoint begins with them again, whatever has become of the other one.
/// </summary>
internal static class InitialWeights
{
    private const string FreshFile = "fresh.txt";

    public static (RunFolder Folder, long? Step) Find(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return
            CheckpointNames.ParseStep(Path.GetFileName(full)) is { } step && Path.GetDirectoryName(Path.GetDirectoryName(full)) is { } run
            ? (new(run), step)
            : (new(full), null);
    }

    // Names of the tensors of another shape, such as those of the last layer where there are other classes: they start as in any run.
    public static IReadOnlyList<string> Compare(RunPlan source, RunPlan plan)
    {
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

    public static void Copy(CommittedCheckpoint from, RunFolder to, IEnumerable<OwnerId> owners, IEnumerable<string> fresh)
    {
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

    // Whether a folder that owners are to load is such a copy and no checkpoint.
    public static bool IsOne(string folder) => Path.GetFileName(folder) == RunFolder.InitialName;

    public static void Load(OwnerTensors tensors, string folder, OwnerId owner)
    {
        var fresh = RegularFile.ReadLines(Path.Combine(folder, FreshFile)).ToHashSet(StringComparer.Ordinal);
        OwnerShard.LoadWeights(tensors, folder, owner, fresh);
    }

    private static UserErrorException Refused(string seen, string option) =>
        new($"--init-from: the weights of that run do not fit: {seen}. Change {option}, or leave --init-from out.");
}
