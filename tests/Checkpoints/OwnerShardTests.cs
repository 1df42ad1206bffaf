using NeuroTrails.Checkpoints;
using NeuroTrails.Formats;
using NeuroTrails.Models;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Checkpoints;

public sealed class OwnerShardTests : IDisposable
{
    private static readonly OwnerId Head = new(0);
    private static readonly RunPlan Plan = new(
        new()
        {
            Device = "cpu",
            Model = new() { Name = "mlp", Hidden = [5, 4] },
            Ensemble = new() { Heads = 2, BlocksInHead = 1 },
            Topology = new() { Density = 0.5 },
            Training = new() { Batch = 2 },
        },
        new(new(3), 2, 8),
        new ModelCatalogue()
    );

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_of_another_owner_or_step_is_refused()
    {
        var (five, six) = (Commit(5), Commit(6));
        using var tensors = Tensors(1);
        OwnerShard.Load(tensors, five, Head);
        OwnerShard.Load(tensors, five + "/", Head);
        File.Copy(Path.Combine(five, "head-1.safetensors"), Path.Combine(five, "head-0.safetensors"), overwrite: true);
        Assert.Contains("head-0's file says that it is head-1's", Refused(tensors, five), StringComparison.Ordinal);
        File.Copy(Path.Combine(five, "head-1.safetensors"), Path.Combine(six, "head-1.safetensors"), overwrite: true);
        Assert.Contains(
            "head-1 is at step 5",
            Assert.Throws<UserErrorException>(() => OwnerShard.Load(tensors, six, new(1))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_that_says_nothing_of_owner_and_step_is_loaded()
    {
        var folder = Commit(5);
        Rewrite(folder, tensors => tensors, []);
        using var loaded = Tensors(9);
        OwnerShard.Load(loaded, folder, Head);
        using var written = Tensors(1);
        Assert.Equal(written.Generator.get_state().bytes.ToArray(), loaded.Generator.get_state().bytes.ToArray());
        Assert.All(
            written.Parameters.Zip(loaded.Parameters),
            pair => Assert.Equal(pair.First.Value.bytes.ToArray(), pair.Second.Value.bytes.ToArray())
        );
    }

    [Fact]
    public void A_file_without_its_generator_or_with_another_is_refused_and_so_is_any_missing_tensor()
    {
        var folder = Commit(5);
        using var target = Tensors(1);
        var names = Names(folder);
        Assert.Contains("generator", names);
        foreach (var missing in names.Where(name => !name.EndsWith(".mask", StringComparison.Ordinal)))
        {
            Rewrite(folder, tensors => tensors.Where(tensor => tensor.Name != missing), []);
            Assert.Contains($"has no tensor '{missing}'", Refused(target, folder), StringComparison.Ordinal);
            Commit(5);
        }

        foreach (var bytes in new[] { 0, 1, 5055, 5057 })
        {
            Replace("generator", new("generator", StoredDType.U8, [bytes], new byte[bytes]));
            Assert.Contains("'generator' is U8", Refused(target, folder), StringComparison.Ordinal);
        }

        Replace("generator", new("generator", StoredDType.F32, [1264], new byte[5056]));
        Assert.Contains("'generator' is F32", Refused(target, folder), StringComparison.Ordinal);
        Replace("generator", new("generator", StoredDType.U8, [5056], Enumerable.Repeat((byte)255, 5056).ToArray()));
        Assert.Contains("no state of a generator", Refused(target, folder), StringComparison.Ordinal);

        void Replace(string name, StoredTensor other)
        {
            Commit(5);
            Rewrite(folder, tensors => tensors.Select(tensor => tensor.Name == name ? other : tensor), []);
        }
    }

    private static string Refused(OwnerTensors tensors, string folder) =>
        Assert.Throws<UserErrorException>(() => OwnerShard.Load(tensors, folder, Head)).Message;

    private static OwnerTensors Tensors(long seed)
    {
        var tensors = OwnerTensors.Initialise(Plan.Part(Head), seed, CPU, ScalarType.Float32);
        Plan.DrawMasks(tensors, Head);
        return tensors;
    }

    private static List<string> Names(string folder)
    {
        using var file = SafetensorsFile.Open(Path.Combine(folder, "head-0.safetensors"));
        return [.. file.Tensors.Select(tensor => tensor.Name)];
    }

    private static void Rewrite(
        string folder,
        Func<IEnumerable<StoredTensor>, IEnumerable<StoredTensor>> change,
        Dictionary<string, string> metadata
    )
    {
        var path = Path.Combine(folder, "head-0.safetensors");
        List<StoredTensor> tensors;
        using (var file = SafetensorsFile.Open(path))
        {
            tensors = [.. file.Tensors.Select(tensor => file.Read(tensor.Name))];
        }

        using var stream = File.Create(path);
        SafetensorsWriter.Write(stream, [.. change(tensors).Select(tensor => tensor.ToSource())], metadata);
    }

    private string Commit(long step)
    {
        var store = CheckpointSamples.Store(_folder.Path);
        using var draft = store.BeginTemp(step, 0);
        using var tensors = Tensors(1);
        OwnerShard.Save(tensors, draft, Head, step);
        OwnerShard.Save(tensors, draft, new(1), step);
        return store.Commit(draft, CheckpointSamples.State).Folder;
    }
}
