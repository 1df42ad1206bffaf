namespace NeuroTrails.Tests.Orleans;

[Alias("test.scheduler")]
public interface ISchedulerGrain : IGrainWithGuidKey
{
    /// <summary>What a grain sees of its scheduler around awaits.</summary>
    [Alias("probe")]
    Task<bool[]> Probe();
}

public sealed class SchedulerGrain : Grain, ISchedulerGrain
{
    public async Task<bool[]> Probe()
    {
        var own = TaskScheduler.Current;
        await Task.Yield();
        var afterYield = ReferenceEquals(own, TaskScheduler.Current);
        await Task.Delay(1);
        var afterDelay = ReferenceEquals(own, TaskScheduler.Current);
        var inPool = await Task.Run(() => ReferenceEquals(own, TaskScheduler.Current));
        var afterRun = ReferenceEquals(own, TaskScheduler.Current);
        var inFactory = await Task.Factory.StartNew(
            () => ReferenceEquals(own, TaskScheduler.Current), CancellationToken.None, TaskCreationOptions.None, own);
        return [!ReferenceEquals(own, TaskScheduler.Default), afterYield, afterDelay, !inPool, afterRun, inFactory];
    }
}
