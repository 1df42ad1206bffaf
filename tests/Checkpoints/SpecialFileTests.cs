using System.Text.Json.Nodes;
using NeuroTrails.Checkpoints;
using NeuroTrails.Client.Status;
using NeuroTrails.Data;
using NeuroTrails.Files;
using NeuroTrails.Grains;
using NeuroTrails.Silo;

namespace NeuroTrails.Tests.Checkpoints;

/// <summary>Pipes, devices, sockets, folders and links where a run or its data have files.</summary>
public sealed class SpecialFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds => SpecialFiles.Kinds;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_checkpoint_with_one_of_them_is_passed_over_at_once(string kind)
    {
        foreach (var name in new[] { "head-0.safetensors", "manifest.json" })
        {
            var store = CheckpointSamples.Store(_folder.File(name));
            CheckpointSamples.Commit(store, 1);
            SpecialFiles.Put(Path.Combine(CheckpointSamples.Commit(store, 2).Folder, name), kind);
            var rejected = new List<RejectedCheckpoint>();
            Assert.Equal(1, (await SpecialFiles.AtOnce(() => store.LatestValid(rejected.Add)))?.Step);
            Assert.Contains(name, Assert.Single(rejected).Reason, StringComparison.Ordinal);
            Assert.Equal(2, (await SpecialFiles.AtOnce(() => CheckpointSamples.Commit(store, 2))).Step);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_run_with_one_of_them_is_refused_at_once(string kind)
    {
        var run = new RunFolder(_folder.File("run"));
        run.LockNew(TimeProvider.System).Dispose();
        SpecialFiles.Put(run.ConfigPath, kind);
        SpecialFiles.Put(run.LockPath, kind);
        SpecialFiles.Put(run.MetricsPath, kind);
        SpecialFiles.Put(run.LogPath, kind);
        SpecialFiles.Put(run.SummaryPath, kind);
        Assert.Contains("config.yaml", await Refused(() => run.ReadConfig()), StringComparison.Ordinal);
        Assert.Contains(run.LockPath, await Refused(() => RunLock.Acquire(run, TimeProvider.System)), StringComparison.Ordinal);
        Assert.Contains(run.MetricsPath, await Refused(() => new MetricsLog(run.MetricsPath)), StringComparison.Ordinal);
        Assert.Contains(run.LogPath, await Refused(() => new FileLog(run.LogPath, TimeProvider.System)), StringComparison.Ordinal);
        Assert.Null(await SpecialFiles.AtOnce(() => RunLock.HolderOf(run, TimeProvider.System)));
        Assert.Null(await SpecialFiles.AtOnce(() => SummaryFile.Read(run.SummaryPath)));
        if (kind != "a folder")
        {
            await Assert.ThrowsAsync<NotRegularFileException>(() => SpecialFiles.AtOnce(() => RunTotals.Read(run.MetricsPath)));
        }

        Assert.True(File.Exists("/dev/zero"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Where_a_run_stands_is_told_at_once(string kind)
    {
        var run = new RunFolder(_folder.File("run"));
        run.LockNew(TimeProvider.System).Dispose();
        AtomicFile.WriteAllText(run.ConfigPath, "seed: 1");
        SpecialFiles.Put(run.LockPath, kind);
        SpecialFiles.Put(run.MetricsPath, kind);
        SpecialFiles.Put(run.SummaryPath, kind);
        Assert.Equal("stopped", (await SpecialFiles.AtOnce(() => RunReport.Read(run.Path, TimeProvider.System))).State);
        SpecialFiles.Put(run.ConfigPath, kind);
        Assert.Equal("unreadable", (await SpecialFiles.AtOnce(() => RunReport.Read(run.Path, TimeProvider.System))).State);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Data_that_are_one_of_them_are_refused_at_once(string kind)
    {
        foreach (
            var read in new Func<string, object>[]
            {
                NpyArray.Load,
                path => NpzFile.Load(path),
                path => NpzFile.Names(path),
                IdxArray.Load,
                FileSet.ReadFile,
                path => FileSet.Archive(path, ["a"]),
            }
        )
        {
            var path = _folder.File("data");
            SpecialFiles.Put(path, kind);
            var message = await Refused(() => read(path));
            Assert.Contains($"is {kind}, not a regular file", message, StringComparison.Ordinal);
            Assert.Contains("--data", message, StringComparison.Ordinal);
            if (kind == "a folder")
            {
                Directory.Delete(path);
            }
        }
    }

    [Fact]
    public void No_link_is_followed_out_of_a_run_folder_for_what_is_written()
    {
        var precious = _folder.File("precious.txt");
        File.WriteAllText(precious, "keep");
        var run = new RunFolder(_folder.File("run"));
        run.LockNew(TimeProvider.System).Dispose();
        foreach (
            var (path, write) in new (string, Action)[]
            {
                (run.LockPath, () => RunLock.Acquire(run, TimeProvider.System).Dispose()),
                (run.MetricsPath, () => new MetricsLog(run.MetricsPath).Dispose()),
                (run.LogPath, () => new FileLog(run.LogPath, TimeProvider.System).Dispose()),
                (run.ConfigPath + ".tmp", () => AtomicFile.WriteAllText(run.ConfigPath, "seed: 1")),
            }
        )
        {
            File.Delete(path);
            File.CreateSymbolicLink(path, precious);
            Assert.Contains("is a symbolic link", Assert.Throws<UserErrorException>(write).Message, StringComparison.Ordinal);
            Assert.Equal("keep", File.ReadAllText(precious));

            // A link to nothing makes nothing.
            File.Delete(path);
            File.CreateSymbolicLink(path, _folder.File("absent"));
            Assert.Throws<UserErrorException>(write);
            Assert.False(File.Exists(_folder.File("absent")));
            File.Delete(path);
            write();
        }
    }

    [Fact]
    public void A_link_in_the_place_of_a_file_is_replaced_not_written_through()
    {
        var precious = _folder.File("precious.txt");
        File.WriteAllText(precious, "keep");
        File.CreateSymbolicLink(_folder.File("summary.json"), precious);
        AtomicFile.WriteAllText(_folder.File("summary.json"), "new");
        Assert.Equal(("keep", "new"), (File.ReadAllText(precious), File.ReadAllText(_folder.File("summary.json"))));
    }

    [Fact]
    public void Checkpoints_are_not_written_through_a_link()
    {
        var run = new RunFolder(_folder.File("run"));
        using var held = run.LockNew(TimeProvider.System);
        Directory.Delete(run.CheckpointsPath);
        Directory.CreateDirectory(_folder.File("elsewhere/tmp-step-00000001-g0"));
        Directory.CreateSymbolicLink(run.CheckpointsPath, _folder.File("elsewhere"));
        var store = CheckpointSamples.Store(run.Path);
        Assert.Contains("symbolic link", Assert.Throws<UserErrorException>(() => store.BeginTemp(1, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("symbolic link", Assert.Throws<UserErrorException>(() => store.CleanUp(held)).Message, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => store.CleanUp(5));
        Assert.Single(Directory.GetFileSystemEntries(_folder.File("elsewhere")));
    }

    [Fact]
    public void A_link_to_a_run_folder_is_one()
    {
        Directory.CreateDirectory(_folder.File("real"));
        Directory.CreateSymbolicLink(_folder.File("run"), _folder.File("real"));
        using var held = new RunFolder(_folder.File("run")).LockNew(TimeProvider.System);
        CheckpointSamples.Commit(CheckpointSamples.Store(held.Folder.Path), 1);
        Assert.True(Directory.Exists(_folder.File("real/checkpoints/step-00000001")));
        Assert.Equal(1, CheckpointSamples.Store(_folder.File("real")).LatestValid()?.Step);
    }

    [Fact]
    public void A_log_is_appended_to_by_several_at_once()
    {
        var path = _folder.File("metrics.jsonl");
        File.WriteAllText(path, "{}\n");
        using (var one = new MetricsLog(path))
        using (var other = new MetricsLog(path))
        {
            for (var step = 0; step < 100; step++)
            {
                (step % 3 == 0 ? one : other).Append(new JsonObject { ["step"] = step });
            }
        }

        Assert.Equal(["{}", .. Enumerable.Range(0, 100).Select(step => $"{{\"step\":{step}}}")], File.ReadAllLines(path));
    }

    private static async Task<string> Refused(Func<object> act) =>
        (await Assert.ThrowsAsync<UserErrorException>(() => SpecialFiles.AtOnce(act))).Message;
}
