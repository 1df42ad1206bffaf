using Orleans.Concurrency;

namespace NeuroTrails.Tests.Orleans;

[Alias("test.turn")]
public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>Writes "begin NAME", waits for the gate "go NAME", writes "end NAME".</summary>
    [Alias("hold")]
    Task Hold(string name);

    [AlwaysInterleave]
    [Alias("holdInterleaved")]
    Task HoldInterleaved(string name);

    [ReadOnly]
    [Alias("holdReadOnly")]
    Task HoldReadOnly(string name);
}

/// <summary>The same grain, reentrant.</summary>
[Alias("test.reentrantTurn")]
public interface IReentrantTurnGrain : IGrainWithStringKey
{
    [Alias("hold")]
    Task Hold(string name);
}

public abstract class TurnGrainBase(Journal journal) : Grain
{
    private int _inTurn;

    protected async Task HoldTurn(string name)
    {
        var key = this.GetPrimaryKeyString();
        Step(key, $"begin {name}");
        await journal.Until(key, $"go {name}");
        Step(key, $"end {name}");
    }

    private void Step(string key, string entry)
    {
        Assert.Equal(1, Interlocked.Increment(ref _inTurn));
        Thread.SpinWait(100);
        journal.Write(key, entry);
        Assert.Equal(0, Interlocked.Decrement(ref _inTurn));
    }
}

public sealed class TurnGrain(Journal journal) : TurnGrainBase(journal), ITurnGrain
{
    public Task Hold(string name) => HoldTurn(name);

    public Task HoldInterleaved(string name) => HoldTurn(name);

    public Task HoldReadOnly(string name) => HoldTurn(name);
}

[Reentrant]
public sealed class ReentrantTurnGrain(Journal journal) : TurnGrainBase(journal), IReentrantTurnGrain
{
    public Task Hold(string name) => HoldTurn(name);
}
