using NeuroTrails.Checkpoints;
using NeuroTrails.Files;
using NeuroTrails.Formats;

namespace NeuroTrails.Tests.Checkpoints;

/// <summary>Small checkpoints whose content follows from their step.</summary>
internal static class CheckpointSamples
{
    public static readonly string[] Owners = ["backbone", "head-0"];

    public static CheckpointState State { get; } =
        new()
        {
            Epoch = 3,
            DataPosition = 7,
            Versions = new Dictionary<string, string> { ["torchsharp"] = "none" },
        };

    public static CheckpointStore Store(string folder, IDurableFiles? files = null) =>
        new(folder, TimeProvider.System, null, files ?? DurableFiles.Instance);

    public static CommittedCheckpoint Commit(CheckpointStore store, long step, long generation = 0)
    {
        using var draft = store.BeginTemp(step, generation);
        foreach (var owner in Owners)
        {
            draft.WriteOwner(owner, [Tensor(owner, step).ToSource()]);
        }

        return store.Commit(draft, State);
    }

    public static void AssertContent(CommittedCheckpoint checkpoint)
    {
        Assert.Equal(Owners, checkpoint.Owners);
        foreach (var owner in Owners)
        {
            using var file = checkpoint.Open(owner);
            RandomTensors.AssertEqual(Tensor(owner, checkpoint.Step), file.Read("w"));
        }
    }

    public static void Damage(string path, int at = -1)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[at < 0 ? bytes.Length - 1 : at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static StoredTensor Tensor(string owner, long step)
    {
        var data = new byte[64];
        new Random((int)step + owner.Length).NextBytes(data);
        return new StoredTensor("w", StoredDType.F32, [16], data);
    }
}
