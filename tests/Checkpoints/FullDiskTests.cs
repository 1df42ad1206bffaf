using Microsoft.Extensions.Logging;
using NeuroTrails.Checkpoints;
using NeuroTrails.Files;
using NeuroTrails.Formats;
using NeuroTrails.Silo;

namespace NeuroTrails.Tests.Checkpoints;

public sealed class FullDiskTests
{
    [Fact]
    public void Wherever_the_disk_fills_up_the_checkpoints_before_stay_and_the_draft_goes()
    {
        using var folder = new TemporaryFolder();
        var store = CheckpointSamples.Store(folder.Path);
        CheckpointSamples.Commit(store, 1);
        var attempts = 0;
        for (var room = 0; ; room += 16, attempts++)
        {
            try
            {
                CheckpointSamples.Commit(CheckpointSamples.Store(folder.Path, new FullDisk(room)), 2);
                break;
            }
            catch (UserErrorException fault)
            {
                Assert.Contains("--out", fault.Message, StringComparison.Ordinal);
                Assert.Contains("are free", fault.Message, StringComparison.Ordinal);
                Assert.Contains("step-00000002", fault.Message, StringComparison.Ordinal);
            }

            Assert.Equal([folder.File("checkpoints/step-00000001")], Directory.GetFileSystemEntries(store.Folder));
            CheckpointSamples.AssertContent(store.Load("last"));
        }

        Assert.InRange(attempts, 20, 1000);
        Assert.Equal(2, store.LatestValid()?.Step);
    }

    [Fact]
    public void A_full_disk_is_told_with_the_bytes_that_are_needed()
    {
        using var folder = new TemporaryFolder();
        using var draft = CheckpointSamples.Store(folder.Path, new FullDisk(100)).BeginTemp(1, 0);
        var fault = Assert.Throws<UserErrorException>(() =>
            draft.WriteOwner("head-0", [new TensorSource("w", StoredDType.U8, [1000], () => new byte[1000])])
        );
        Assert.Matches(@"head-0\.safetensors': 1,0\d\d bytes are needed, [\d,]+ bytes are free", fault.Message);
        Assert.Empty(Directory.GetFiles(draft.Folder));
    }

    [Fact]
    public void A_forbidden_folder_is_told()
    {
        using var folder = new TemporaryFolder();
        var fault = Assert.Throws<UserErrorException>(() =>
            CheckpointSamples.Store(folder.Path, new FullDisk(0, forbidden: true)).BeginTemp(1, 0)
        );
        Assert.Contains("denied", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--out", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_file_is_replaced_whole_or_not_at_all()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("summary.json");
        AtomicFile.WriteAllText(path, "old");
        Assert.Throws<UserErrorException>(() => AtomicFile.Write(new FullDisk(2), path, stream => stream.Write("new"u8), 3));
        Assert.Equal("old", File.ReadAllText(path));
        AtomicFile.WriteAllText(path, "neu, ü");
        Assert.Equal("neu, ü", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_line_that_the_disk_does_not_take_leaves_nothing_of_itself()
    {
        var disk = new FillingStream(30);
        using var log = new MetricsLog("metrics.jsonl", new AppendedFile(disk));
        log.Append(new() { ["step"] = 1 });
        var fault = Assert.Throws<UserErrorException>(() => log.Append(new() { ["step"] = 2, ["loss"] = 1.25 }));
        Assert.Contains("'metrics.jsonl': 23 bytes are needed", fault.Message, StringComparison.Ordinal);
        Assert.Equal("{\"step\":1}\n", disk.Text);
        disk.Room = 1000;
        log.Append(new() { ["step"] = 2 });
        Assert.Equal("{\"step\":1}\n{\"step\":2}\n", disk.Text);
    }

    [Fact]
    public void A_log_without_room_is_silent_and_says_later_what_it_lacks()
    {
        var disk = new FillingStream(0);
        using var log = new FileLog(new AppendedFile(disk), TimeProvider.System);
        var logger = log.CreateLogger("c");
        Log("one");
        Log("two");
        Assert.Empty(disk.Text);
        disk.Room = 1000;
        Log("three");
        Assert.Matches(@"^\(2 entries before this one .*\)\n.*Warning *c: three\n$", disk.Text);

        void Log(string message) => logger.Log(LogLevel.Warning, default, message, null, (text, _) => text);
    }
}
