using System.ComponentModel;
using System.Diagnostics;
using NeuroTrails.Checkpoints;
using NeuroTrails.Files;

namespace NeuroTrails.Tests.Checkpoints;

public sealed class RunFolderTests
{
    [Fact]
    public void A_new_run_is_locked_and_an_existing_one_is_not_touched()
    {
        using var folder = new TemporaryFolder();
        var run = new RunFolder(folder.File("runs/a/"));
        Assert.False(run.HoldsRun);
        Assert.Throws<UserErrorException>(() => run.LockExisting(TimeProvider.System));
        using (var held = run.LockNew(TimeProvider.System))
        {
            AtomicFile.WriteAllText(run.ConfigPath, "seed: 1");
            Assert.True(Directory.Exists(run.CheckpointsPath));
        }

        var before = Snapshot(run.Path);
        Assert.Contains(
            "--resume",
            Assert.Throws<UserErrorException>(() => run.LockNew(TimeProvider.System)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(before, Snapshot(run.Path));
        run.LockExisting(TimeProvider.System).Dispose();
    }

    [Fact]
    public void A_second_writer_is_told_who_the_first_is()
    {
        using var folder = new TemporaryFolder();
        var run = new RunFolder(folder.Path);
        using (RunLock.Acquire(run, TimeProvider.System))
        {
            Assert.StartsWith($"process {Environment.ProcessId} on ", RunLock.HolderOf(run, TimeProvider.System), StringComparison.Ordinal);
            for (var i = 0; i < 3; i++)
            {
                var fault = Assert.Throws<UserErrorException>(() => RunLock.Acquire(run, TimeProvider.System));
                Assert.Contains(
                    $"process {Environment.ProcessId} on {Environment.MachineName}, since 2",
                    fault.Message,
                    StringComparison.Ordinal
                );
            }
        }

        Assert.Null(RunLock.HolderOf(run, TimeProvider.System));
        RunLock.Acquire(run, TimeProvider.System).Dispose();
        Assert.Null(RunLock.HolderOf(new RunFolder(folder.File("none")), TimeProvider.System));
    }

    [Fact]
    public void A_lock_vanishes_with_its_process()
    {
        using var folder = new TemporaryFolder();
        var run = new RunFolder(folder.Path);
        using var holder = StartHolder(run.LockPath);
        Assert.Equal("ready", holder.StandardOutput.ReadLine());
        Assert.Throws<UserErrorException>(() => RunLock.Acquire(run, TimeProvider.System));
        holder.Kill();
        holder.WaitForExit();
        RunLock.Acquire(run, TimeProvider.System).Dispose();
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");
        var fault = Assert.Throws<UserErrorException>(() => new RunFolder(folder.File("file/run")).LockNew(TimeProvider.System));
        Assert.Contains("--out", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("notes.txt")]
    [InlineData("checkpoints/step-00000001")]
    public void A_folder_with_something_else_in_it_is_refused_and_left_as_it_is(string entry)
    {
        using var folder = new TemporaryFolder();
        var run = new RunFolder(folder.File("run"));
        Directory.CreateDirectory(Path.Combine(run.Path, entry));
        var before = Snapshot(run.Path);
        foreach (var look in new Action[] { run.TryNew, () => run.LockNew(TimeProvider.System) })
        {
            Assert.Contains(
                $"'{run.Path}' is not empty and holds no run; '{entry.Split('/')[0]}' is in it.",
                Assert.Throws<UserErrorException>(look).Message,
                StringComparison.Ordinal
            );
        }

        Assert.Equal(before, Snapshot(run.Path));
    }

    [Fact]
    public void What_an_attempt_left_that_never_became_a_run_is_no_hindrance()
    {
        using var folder = new TemporaryFolder();
        var run = new RunFolder(folder.File("deep/run"));
        run.TryNew();
        Assert.False(Directory.Exists(folder.File("deep")));
        run.LockNew(TimeProvider.System).Dispose();
        AtomicFile.WriteAllText(run.StartedPath, "seed: 1");
        run.TryNew();
        run.LockNew(TimeProvider.System).Dispose();
    }

    private static Process StartHolder(string path)
    {
        var start = new ProcessStartInfo("flock", ["--no-fork", path, "sh", "-c", "echo ready; exec sleep 600"])
        {
            RedirectStandardOutput = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("needs the flock command of util-linux");
            throw;
        }
    }

    private static List<(string, DateTime)> Snapshot(string folder) =>
        [
            .. Directory
                .GetFileSystemEntries(folder, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(path => (path, File.GetLastWriteTimeUtc(path))),
        ];
}
