using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NeuroTrails.Checkpoints;
using NeuroTrails.Formats;
using NeuroTrails.Tests.Data;

namespace NeuroTrails.Tests.Checkpoints;

/// <summary>Checkpoints that somebody has changed, manifest and all, so that sizes and hashes are right.</summary>
public sealed class TamperedCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private CheckpointStore Store => CheckpointSamples.Store(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_the_manifest_does_not_list_is_not_loaded()
    {
        Rejected("lists no owner's file", folder => Change(folder, manifest => manifest["files"] = new JsonArray()));
        Rejected("does not list backbone.safetensors", folder => Change(folder, manifest => manifest["files"]!.AsArray().RemoveAt(0)));
        Rejected(
            "does not list head-7.safetensors",
            folder => File.Copy(Path.Combine(folder, "head-0.safetensors"), Path.Combine(folder, "head-7.safetensors"))
        );
        Rejected(
            "lists no owner's file",
            folder =>
            {
                Array.ForEach(Directory.GetFiles(folder, "*.safetensors"), File.Delete);
                Change(folder, manifest => manifest["files"] = new JsonArray());
            }
        );
        var checkpoint = Commit(3);
        checkpoint.Require(["backbone", "head-0", "head-1"]);
        Assert.Contains(
            "has no 'head-2', only backbone, head-0, head-1",
            Assert.Throws<UserErrorException>(() => checkpoint.Require(["head-0", "head-2"])).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Files_of_another_owner_or_step_are_refused_though_the_hashes_are_right()
    {
        Rejected(
            "head-0's file says that it is head-1's",
            folder =>
            {
                Swap(folder, "head-0", "head-1");
                Rehash(folder);
            }
        );
        Rejected(
            "head-1 is at step 1",
            folder =>
            {
                File.Copy(
                    _folder.File("checkpoints/step-00000001/head-1.safetensors"),
                    Path.Combine(folder, "head-1.safetensors"),
                    overwrite: true
                );
                Rehash(folder);
            }
        );
        Rejected(
            "not a valid safetensors file",
            folder =>
            {
                File.WriteAllText(Path.Combine(folder, "head-1.safetensors"), "text that is no tensor");
                Rehash(folder);
            }
        );

        // Files of before there was such a thing, or of somebody else, are believed as long as their hashes are right.
        using var other = new TemporaryFolder();
        CheckpointSamples.AssertContent(
            CheckpointSamples.Store(other.Path).Load(CheckpointSamples.Commit(CheckpointSamples.Store(other.Path), 4).Step)
        );
    }

    [Theory]
    [InlineData("\"files\": [null,", "lists a file that is null")]
    [InlineData("\"files\": [{\"name\": null, \"bytes\": 1, \"sha256\": \"\"},", "malformed")]
    [InlineData("\"files\": [{\"name\": \"a\\u0000b\", \"bytes\": 1, \"sha256\": \"\"},", "lists a file named 'a?b'")]
    [InlineData("\"files\": [{\"name\": \"a\\nb\", \"bytes\": 1, \"sha256\": \"\"},", "lists a file named 'a?b'")]
    [InlineData("\"files\": [{\"name\": \"\\ud800\", \"bytes\": 1, \"sha256\": \"\"},", "malformed")]
    [InlineData("\"files\": [{\"name\": \"head-0\\udc00\", \"bytes\": 1, \"sha256\": \"\"},", "malformed")]
    [InlineData("\"files\": [{\"name\": \"a\", \"bytes\": 1, \"sha256\": null},", "malformed")]
    [InlineData("\"\\ud800\": 1, \"files\": [", "malformed")]
    [InlineData("\"format_version\\ud800\": 1, \"files\": [", "malformed")]
    [InlineData("\"step\": 2, \"files\": [", "malformed")]
    [InlineData("\"files\": null, \"x\": [", "malformed")]
    public void Names_that_are_none_are_damage_like_any_other(string start, string reason) =>
        Rejected(
            reason,
            folder =>
            {
                var path = Path.Combine(folder, "manifest.json");
                var text = File.ReadAllText(path);
                var at = text.IndexOf("\"files\": [", StringComparison.Ordinal);
                File.WriteAllText(path, string.Concat(text.AsSpan(0, at), start, text.AsSpan(at + "\"files\": [".Length)));
            }
        );

    [Fact]
    public void A_null_version_and_a_manifest_without_end_are_damage()
    {
        Rejected("null for the version of 'torchsharp'", folder => Change(folder, manifest => manifest["versions"]!["torchsharp"] = null));
        Rejected("at most 16777216 are read", folder => File.WriteAllBytes(Path.Combine(folder, "manifest.json"), new byte[(1 << 24) + 1]));
    }

    [Fact]
    public void Any_manifest_is_read_or_passed_over_but_never_ends_the_run()
    {
        Commit(1);
        var path = Path.Combine(Commit(2).Folder, "manifest.json");
        var intact = File.ReadAllBytes(path);
        var escaped = Encoding.UTF8.GetBytes(
            File.ReadAllText(path)
                .Replace("backbone", "\\u0062\\u0061ckbone", StringComparison.Ordinal)
                .Replace("none", "\\ud83d\\ude00", StringComparison.Ordinal)
        );
        foreach (var start in new[] { intact, escaped })
        {
            Fuzz.Mutate(
                start,
                start.Length,
                3000,
                5,
                bytes =>
                {
                    File.WriteAllBytes(path, bytes);
                    var rejected = new List<RejectedCheckpoint>();
                    var found = Store.LatestValid(rejected.Add);
                    Assert.Equal(2 - rejected.Count, found?.Step);
                    if (rejected.Count > 0)
                    {
                        throw new UserErrorException(rejected[0].Reason);
                    }
                }
            );
        }
    }

    [Fact]
    public void Any_record_of_the_best_is_read_or_ignored()
    {
        Commit(1);
        Store.RecordBest(new(1, "validation_nll", 0.5));
        var path = _folder.File("checkpoints/best.json");
        var intact = File.ReadAllBytes(path);
        Fuzz.Mutate(
            [.. Encoding.UTF8.GetBytes("{\"metric\":\"\\ud83d\\ude00\","), .. intact[1..]],
            60,
            3000,
            6,
            bytes =>
            {
                File.WriteAllBytes(path, bytes);
                if (Store.Best is null)
                {
                    throw new UserErrorException("ignored");
                }
            }
        );
    }

    // The checkpoint before must be taken, and the reason told.
    private void Rejected(string reason, Action<string> tamper)
    {
        Commit(1);
        tamper(Commit(2).Folder);
        var rejected = new List<RejectedCheckpoint>();
        Assert.Equal(1, Store.LatestValid(rejected.Add)?.Step);
        Assert.Contains(reason, Assert.Single(rejected).Reason, StringComparison.Ordinal);
        Assert.Contains(reason, Assert.Throws<UserErrorException>(() => Store.Load(2)).Message, StringComparison.Ordinal);
    }

    private CommittedCheckpoint Commit(long step)
    {
        using var draft = Store.BeginTemp(step, 0);
        foreach (var owner in new[] { "backbone", "head-0", "head-1" })
        {
            draft.WriteOwner(
                owner,
                [new TensorSource("w", StoredDType.U8, [2], () => new byte[] { (byte)step, (byte)owner.Length })],
                new Dictionary<string, string> { ["owner"] = owner, ["step"] = $"{step}" }
            );
        }

        return Store.Commit(draft, CheckpointSamples.State);
    }

    private static void Swap(string folder, string one, string other)
    {
        var (a, b) = (Path.Combine(folder, one + ".safetensors"), Path.Combine(folder, other + ".safetensors"));
        File.Move(a, a + ".aside");
        File.Move(b, a);
        File.Move(a + ".aside", b);
    }

    private static void Change(string folder, Action<JsonNode> change)
    {
        var path = Path.Combine(folder, "manifest.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        change(manifest);
        File.WriteAllText(path, manifest.ToJsonString());
    }

    private static void Rehash(string folder) =>
        Change(
            folder,
            manifest =>
            {
                foreach (var file in manifest["files"]!.AsArray())
                {
                    var bytes = File.ReadAllBytes(Path.Combine(folder, file!["name"]!.GetValue<string>()));
                    file["bytes"] = bytes.Length;
                    file["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes));
                }
            }
        );
}
