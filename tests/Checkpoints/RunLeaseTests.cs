using NeuroTrails.Checkpoints;
using NeuroTrails.Files;
using NeuroTrails.Tests.Engine;

namespace NeuroTrails.Tests.Checkpoints;

/// <summary>One writer: across machines by a lease, among a cluster's coordinators by turns.</summary>
public sealed class RunLeaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private RunFolder Run => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_writer_on_another_machine_is_respected_until_it_has_not_been_heard_of_for_long()
    {
        Put("elsewhere", RunLease.Duration - TimeSpan.FromSeconds(10));
        Assert.Equal("process 7 on far", Holder());
        foreach (var claim in new[] { RunClaim.OfProcess(TimeProvider.System), RunClaim.OfCluster("c", "other", TimeProvider.System) })
        {
            Assert.Contains(
                "is being written by process 7 on far",
                Assert.Throws<UserErrorException>(() => RunLock.Acquire(Run, claim, TimeProvider.System)).Message,
                StringComparison.Ordinal
            );
        }

        Put("elsewhere", RunLease.Duration + TimeSpan.FromSeconds(10));
        Assert.Null(Holder());
        using var held = RunLock.Acquire(Run, TimeProvider.System);
        Assert.StartsWith($"process {Environment.ProcessId} on ", Holder(), StringComparison.Ordinal);
        Assert.Equal([Run.LockPath], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_writer_that_died_on_this_machine_is_no_hindrance_at_once()
    {
        Put(RunLease.ThisMachine, TimeSpan.Zero);
        Assert.Null(Holder());
        RunLock.Acquire(Run, TimeProvider.System).Dispose();
        Assert.Equal(0, new FileInfo(Run.LockPath).Length);
    }

    [Fact]
    public void A_text_of_an_earlier_version_is_no_hindrance()
    {
        File.WriteAllText(Run.LockPath, "process 7 on far, since 2026-01-01 00:00:00 UTC");
        RunLock.Acquire(Run, TimeProvider.System).Dispose();
    }

    [Fact]
    public void Coordinators_take_turns_and_let_nobody_else_in()
    {
        var time = new HurriedTime();
        using var first = RunLock.Acquire(Run, RunClaim.OfCluster("c", "key", time), time);
        first.Check();
        Assert.StartsWith("cluster c, now coordinated by process ", Holder(), StringComparison.Ordinal);
        var second = RunLock.Acquire(Run, RunClaim.OfCluster("c", "key", time), time);
        SpinWait.SpinUntil(() => IsLost(first), TimeSpan.FromSeconds(30));
        Assert.Contains("is written by cluster c, ", Assert.Throws<IOException>(first.Check).Message, StringComparison.Ordinal);
        second.Check();

        // Whoever lost it takes nothing with it.
        first.Dispose();
        Assert.StartsWith("cluster c, ", Holder(), StringComparison.Ordinal);
        foreach (var claim in new[] { RunClaim.OfProcess(time), RunClaim.OfCluster("c", "of another cluster of that name", time) })
        {
            Assert.Contains(
                "is being written by cluster c, ",
                Assert.Throws<UserErrorException>(() => RunLock.Acquire(Run, claim, time)).Message,
                StringComparison.Ordinal
            );
        }

        second.Dispose();
        Assert.Null(Holder());
        using var alone = RunLock.Acquire(Run, time);
        Assert.Throws<UserErrorException>(() => RunLock.Acquire(Run, RunClaim.OfCluster("c", "key", time), time));
        alone.Check();
    }

    [Fact]
    public void A_writer_that_another_machine_took_for_dead_finds_out_before_it_writes()
    {
        var time = new HurriedTime();
        using var held = RunLock.Acquire(Run, time);
        Put("elsewhere", TimeSpan.Zero);
        SpinWait.SpinUntil(() => IsLost(held), TimeSpan.FromSeconds(30));
        Assert.Contains("is written by process 7 on far by now", Assert.Throws<IOException>(held.Check).Message, StringComparison.Ordinal);
        held.Dispose();
        Assert.Equal("process 7 on far", Holder());
    }

    [Fact]
    public void It_is_renewed_also_on_a_full_disk()
    {
        using var disk = new SmallDisk(1);
        var run = new RunFolder(disk.Path);
        using var held = RunLock.Acquire(run, new HurriedTime());
        disk.Fill();
        var before = Renewals();
        SpinWait.SpinUntil(() => Renewals() > before + 1, TimeSpan.FromSeconds(30));
        Assert.True(Renewals() > before + 1);
        held.Check();

        long Renewals()
        {
            using var file = RegularFile.OpenHandle(run.LockPath);
            return RunLease.Read(file)?.Renewals ?? 0;
        }
    }

    private static bool IsLost(RunLock held)
    {
        try
        {
            held.Check();
            Thread.Sleep(5);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private string? Holder() => RunLock.HolderOf(Run, TimeProvider.System);

    private void Put(string machine, TimeSpan age)
    {
        using (var file = RegularFile.OpenOrCreate(Run.LockPath))
        {
            new RunLease("process 7 on far", "k", "t", machine, 3).Write(file.SafeFileHandle);
        }

        File.SetLastWriteTimeUtc(Run.LockPath, (TimeProvider.System.GetUtcNow() - age).UtcDateTime);
    }
}
