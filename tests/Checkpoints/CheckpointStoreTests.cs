using NeuroTrails.Checkpoints;
using NeuroTrails.Formats;

namespace NeuroTrails.Tests.Checkpoints;

public sealed class CheckpointStoreTests
{
    [Fact]
    public void A_committed_checkpoint_is_listed_verified_and_read()
    {
        using var folder = new TemporaryFolder();
        var store = CheckpointSamples.Store(folder.Path);
        Assert.Empty(store.List());
        Assert.Null(store.LatestValid());
        var committed = CheckpointSamples.Commit(store, 125, generation: 4);
        Assert.Equal(folder.File("checkpoints/step-00000125"), committed.Folder);
        Assert.Equal([125L], store.List().Select(entry => entry.Step));

        var loaded = store.Load("125");
        CheckpointSamples.AssertContent(loaded);
        Assert.Equal(committed.ManifestSha256, loaded.ManifestSha256);
        Assert.Equal((4L, 3L, 7L), (loaded.Manifest.Generation, loaded.Manifest.Epoch, loaded.Manifest.DataPosition));
        Assert.Equal("none", loaded.Manifest.Versions["torchsharp"]);
        Assert.Equal(["backbone.safetensors", "head-0.safetensors"], loaded.Manifest.Files.Select(file => file.Name));
        Assert.Contains("head-0", Assert.Throws<UserErrorException>(() => loaded.Open("head-1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_runs_have_equal_files_except_the_manifest()
    {
        using var folder = new TemporaryFolder();
        var (one, other) = (
            CheckpointSamples.Commit(CheckpointSamples.Store(folder.File("a")), 1),
            CheckpointSamples.Commit(CheckpointSamples.Store(folder.File("b")), 1, 9)
        );
        Assert.Equal(one.Manifest.Files, other.Manifest.Files);
    }

    [Theory]
    [InlineData("head-0.safetensors", "SHA-256")]
    [InlineData("manifest.json", "manifest.json")]
    public void A_changed_byte_is_found_and_the_checkpoint_before_is_taken(string file, string reason)
    {
        using var folder = new TemporaryFolder();
        var store = CheckpointSamples.Store(folder.Path);
        CheckpointSamples.Commit(store, 1);
        var damaged = CheckpointSamples.Commit(store, 2);
        CheckpointSamples.Damage(Path.Combine(damaged.Folder, file), file == "manifest.json" ? 0 : -1);
        var rejected = new List<RejectedCheckpoint>();
        Assert.Equal(1, store.LatestValid(rejected.Add)?.Step);
        Assert.Equal(2, Assert.Single(rejected).Step);
        Assert.Contains(reason, rejected[0].Reason, StringComparison.Ordinal);
        var fault = Assert.Throws<UserErrorException>(() => store.Load(2));
        Assert.Contains("last, or one of the steps 1", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, store.Load("last").Step);
    }

    [Fact]
    public void Every_single_byte_of_a_checkpoint_is_guarded()
    {
        using var folder = new TemporaryFolder();
        var store = CheckpointSamples.Store(folder.Path);
        var checkpoint = CheckpointSamples.Commit(store, 2);
        foreach (var path in Directory.GetFiles(checkpoint.Folder, "*.safetensors"))
        {
            for (var at = 0; at < new FileInfo(path).Length; at++)
            {
                CheckpointSamples.Damage(path, at);
                Assert.Null(store.LatestValid());
                CheckpointSamples.Damage(path, at);
            }
        }

        Assert.NotNull(store.LatestValid());
    }

    [Fact]
    public void Missing_truncated_and_foreign_parts_have_reasons()
    {
        using var folder = new TemporaryFolder();
        var store = CheckpointSamples.Store(folder.Path);
        Expect("manifest.json is missing", f => File.Delete(Path.Combine(f, "manifest.json")));
        Expect("head-0.safetensors is missing", f => File.Delete(Path.Combine(f, "head-0.safetensors")));
        Expect("the manifest says", f => File.AppendAllText(Path.Combine(f, "head-0.safetensors"), "x"));
        Expect("of step 7", f => Replace(f, "\"step\": 1", "\"step\": 7"));
        Expect("format version 2", f => Replace(f, "\"format_version\": 1", "\"format_version\": 2, \"news\": 1"));
        Expect("malformed", f => Replace(f, "\"step\"", "\"stepp\""));
        Expect("'../x'", f => Replace(f, "\"backbone.safetensors\"", "\"../x\""));

        void Expect(string reason, Action<string> damage)
        {
            damage(CheckpointSamples.Commit(store, 1).Folder);
            var rejected = new List<RejectedCheckpoint>();
            Assert.Null(store.LatestValid(rejected.Add));
            Assert.Contains(reason, Assert.Single(rejected).Reason, StringComparison.Ordinal);
        }

        static void Replace(string checkpoint, string old, string replacement)
        {
            var path = Path.Combine(checkpoint, "manifest.json");
            var text = File.ReadAllText(path);
            Assert.Contains(old, text, StringComparison.Ordinal);
            File.WriteAllText(path, text.Replace(old, replacement, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Checkpoints_that_are_all_damaged_are_not_offered()
    {
        using var folder = new TemporaryFolder();
        var store = CheckpointSamples.Store(folder.Path);
        File.Delete(Path.Combine(CheckpointSamples.Commit(store, 25).Folder, "manifest.json"));
        var message = Assert.Throws<UserErrorException>(() => store.Load("last")).Message;
        Assert.DoesNotContain("Allowed", message, StringComparison.Ordinal);
        Assert.DoesNotContain("step-", message, StringComparison.Ordinal);
        Assert.EndsWith("Put intact copies of their files there, or name another run with --run.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_exist_is_answered_with_what_does()
    {
        using var folder = new TemporaryFolder();
        var store = CheckpointSamples.Store(folder.Path);
        Assert.Contains("no checkpoint", Assert.Throws<UserErrorException>(() => store.Load("last")).Message, StringComparison.Ordinal);
        CheckpointSamples.Commit(store, 25);
        CheckpointSamples.Commit(store, 50);
        foreach (var which in new[] { "75", "best", "first", "-1", "" })
        {
            Assert.Contains("25, 50", Assert.Throws<UserErrorException>(() => store.Load(which)).Message, StringComparison.Ordinal);
        }

        Assert.Throws<UserErrorException>(() => store.Load(50, manifestSha256: "another"));
    }

    [Fact]
    public void An_older_generation_comes_too_late()
    {
        using var folder = new TemporaryFolder();
        var store = CheckpointSamples.Store(folder.Path);
        CheckpointSamples.Commit(store, 1, generation: 2);
        Assert.Throws<InvalidOperationException>(() => CheckpointSamples.Commit(store, 1, generation: 1));
        Assert.Equal(2, store.Load(1).Manifest.Generation);
        CheckpointSamples.Commit(store, 1, generation: 3);
        Assert.Equal(3, store.Load(1).Manifest.Generation);
        Assert.Single(Directory.GetDirectories(store.Folder));
    }

    [Fact]
    public void Owners_elsewhere_join_a_draft_and_report_what_they_wrote()
    {
        using var folder = new TemporaryFolder();
        var store = CheckpointSamples.Store(folder.Path);
        using var draft = store.BeginTemp(3, 1);
        ManifestFile reported;
        using (var joined = CheckpointDraft.Join(draft.Folder))
        {
            Assert.Equal((3L, 1L), (joined.Step, joined.Generation));
            reported = joined.WriteOwner("head-0", [new TensorSource("w", StoredDType.U8, [1], () => new byte[] { 5 })]);
        }

        Assert.Throws<InvalidOperationException>(() => CommitCopy(reported with { Bytes = 1 }));
        Assert.Throws<InvalidOperationException>(() => CommitCopy(reported with { Name = "head-1.safetensors" }));
        Assert.Equal([reported], CommitCopy(reported).Manifest.Files);
        Assert.Equal(3, store.LatestValid()?.Step);
        Assert.Throws<ArgumentException>(() => CheckpointDraft.Join(folder.Path));
        Assert.Throws<ArgumentException>(() => draft.PathFor("../x"));

        CommittedCheckpoint CommitCopy(ManifestFile file)
        {
            using var copy = store.BeginTemp(3, 2);
            copy.WriteOwner("head-0", [new TensorSource("w", StoredDType.U8, [1], () => new byte[] { 5 })]);
            copy.Written.Clear();
            return store.Commit(copy, CheckpointSamples.State, [file]);
        }
    }

    [Fact]
    public void Half_a_file_is_never_committed()
    {
        using var folder = new TemporaryFolder();
        var store = CheckpointSamples.Store(folder.Path);
        using (var draft = store.BeginTemp(1, 0))
        {
            Assert.Throws<InvalidOperationException>(() =>
                draft.WriteOwner("head-0", [new TensorSource("w", StoredDType.U8, [9], () => new byte[5])])
            );
            Assert.Empty(Directory.GetFiles(draft.Folder));
            var bytes = RandomTensors.File([new StoredTensor("w", StoredDType.U8, [9], new byte[9])]);
            File.WriteAllBytes(draft.PathFor("head-0"), bytes[..^3]);
            Assert.Throws<SafetensorsFormatException>(() => store.Commit(draft, CheckpointSamples.State));
        }

        Assert.Empty(Directory.GetFileSystemEntries(store.Folder));
    }

    [Fact]
    public void An_abandoned_draft_disappears_and_a_stale_one_is_tidied()
    {
        using var folder = new TemporaryFolder();
        var store = CheckpointSamples.Store(folder.Path);
        using (store.BeginTemp(1, 0))
        {
            Assert.Single(Directory.GetDirectories(store.Folder));
        }

        Assert.Empty(Directory.GetDirectories(store.Folder));
        store.BeginTemp(1, 0);
        Directory.CreateDirectory(Path.Combine(store.Folder, "mine"));
        var run = new RunFolder(folder.Path);
        using (var held = RunLock.Acquire(run, TimeProvider.System))
        {
            store.CleanUp(held);
            Assert.Throws<ArgumentException>(() => CheckpointSamples.Store(folder.File("other")).CleanUp(held));
        }

        Assert.Equal("mine", Path.GetFileName(Assert.Single(Directory.GetDirectories(store.Folder))));
    }

    [Fact]
    public void A_generation_removes_what_older_ones_left_half_written()
    {
        using var folder = new TemporaryFolder();
        var store = CheckpointSamples.Store(folder.Path);
        CheckpointSamples.Commit(store, 1);
        foreach (var generation in Enumerable.Range(1, 4))
        {
            store.BeginTemp(generation, generation);
        }

        store.CleanUp(3);
        Assert.Equal([1], store.List().Select(entry => entry.Step));
        Assert.Equal(
            ["step-00000001", "tmp-step-00000003-g3", "tmp-step-00000004-g4"],
            Directory.GetDirectories(store.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }
}
