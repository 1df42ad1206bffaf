namespace NeuroTrails.Tests.Orleans;

[Alias("test.nobody")]
public interface INobodyGrain : IGrainWithStringKey
{
    [Alias("ping")]
    Task Ping();
}

[Alias("test.homeless")]
public interface IHomelessGrain : IGrainWithStringKey
{
    [Alias("ping")]
    Task Ping();
}

/// <summary>Asks for a storage that no host has.</summary>
public sealed class HomelessGrain([PersistentState("state", "no such storage")] IPersistentState<Notes> notes) : Grain, IHomelessGrain
{
    public Task Ping() => Task.FromResult(notes.State);
}

[Alias("test.breaking")]
public interface IBreakingGrain : IGrainWithStringKey
{
    [Alias("ping")]
    Task Ping();
}

public sealed class BreakingGrain : Grain, IBreakingGrain
{
    public BreakingGrain() => throw new NotSupportedException("cannot be made");

    public Task Ping() => Task.CompletedTask;
}

[Alias("test.named")]
public interface INamed : IGrainWithGuidCompoundKey
{
    [Alias("name")]
    Task<string> Name();
}

[Alias("test.plain")]
public interface IPlainGrain : INamed
{
    [Alias("echo")]
    Task<T> Echo<T>(T value);

    [Alias("later")]
    Task<bool> Later();

    [return: Immutable]
    [Alias("shared")]
    Task<int[]> Shared();

    [Alias("sharedAgain")]
    Task<int> First();
}

/// <summary>A grain without the base class.</summary>
[GrainType("plain-one")]
public sealed class PlainGrain(IGrainContext context, IGrainFactory grains) : IGrainBase, IPlainGrain
{
    private readonly int[] _shared = [1, 2];

    public IGrainContext GrainContext => context;

    public Task<string> Name()
    {
        var key = this.GetPrimaryKey(out var extension);
        return Task.FromResult($"{key:N} {extension}");
    }

    public Task<T> Echo<T>(T value) => Task.FromResult(value);

    public async Task<bool> Later()
    {
        var ticked = new TaskCompletionSource<bool>();
        using var timer = this.RegisterGrainTimer(
            () =>
            {
                ticked.SetResult(true);
                return Task.CompletedTask;
            },
            new() { DueTime = TimeSpan.Zero, Period = Timeout.InfiniteTimeSpan, Interleave = true });
        await grains.GetGrain<ICounterGrain>("called by a plain grain").Add(1);
        return await ticked.Task;
    }

    public Task<int[]> Shared() => Task.FromResult(_shared);

    public Task<int> First() => Task.FromResult(_shared[0]);
}
