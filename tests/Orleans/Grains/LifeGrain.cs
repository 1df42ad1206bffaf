namespace NeuroTrails.Tests.Orleans;

[Alias("test.life")]
public interface ILifeGrain : IGrainWithStringKey
{
    [Alias("touch")]
    Task<int> Touch();

    /// <summary>Asks to be deactivated, then waits for the gate "go".</summary>
    [Alias("leaveSlowly")]
    Task LeaveSlowly();
}

public sealed class LifeGrain(Journal journal) : Grain, ILifeGrain, IDisposable
{
    private int _touched;
    private string? _key;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = this.GetPrimaryKeyString();
        if (_key.StartsWith("stillborn", StringComparison.Ordinal))
        {
            throw new NotSupportedException("will not live");
        }

        journal.Write(_key, "activated");
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        journal.Write(_key!, $"deactivated: {reason.ReasonCode}");
    }

    public Task<int> Touch() => Task.FromResult(++_touched);

    public async Task LeaveSlowly()
    {
        DeactivateOnIdle();
        journal.Write(_key!, "leaving");
        await journal.Until(_key!, "go");
        journal.Write(_key!, "left");
    }

    public void Dispose()
    {
        if (_key is not null)
        {
            journal.Write(_key, "disposed");
        }
    }
}

[Alias("test.lasting")]
public interface ILastingGrain : IGrainWithStringKey
{
    [Alias("touch")]
    Task<int> Touch();
}

[KeepAlive]
public sealed class LastingGrain : Grain, ILastingGrain
{
    private int _touched;

    public Task<int> Touch() => Task.FromResult(++_touched);
}
