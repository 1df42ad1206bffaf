using Orleans.Providers;

namespace NeuroTrails.Tests.Orleans;

[GenerateSerializer]
[Alias("test.notes")]
public sealed class Notes
{
    [Id(0)]
    public List<string> Lines { get; set; } = [];

    [Id(1)]
    public Dictionary<string, int> Counts { get; set; } = [];
}

[Alias("test.state")]
public interface IStateGrain : IGrainWithStringKey
{
    [Alias("append")]
    Task Append(string line, bool write);

    [Alias("read")]
    Task<Notes> Read();

    [Alias("reload")]
    Task<Notes> Reload();

    [Alias("clear")]
    Task Clear();

    [Alias("exists")]
    Task<bool> Exists();

    [Alias("etag")]
    Task<string?> Etag();

    [Alias("leave")]
    Task Leave();
}

public sealed class StateGrain(
    [PersistentState("notes")] IPersistentState<Notes> notes,
    [PersistentState("archive", "archive")] IPersistentState<Notes> archive,
    Journal journal) : Grain, IStateGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        journal.Write(this.GetPrimaryKeyString(), $"activated with {notes.State.Lines.Count} and {archive.State.Lines.Count}");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        journal.Write(this.GetPrimaryKeyString(), $"deactivated: {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public async Task Append(string line, bool write)
    {
        notes.State.Lines.Add(line);
        notes.State.Counts[line] = line.Length;
        if (write)
        {
            await notes.WriteStateAsync();
            archive.State.Lines.Insert(0, line);
            await archive.WriteStateAsync();
        }
    }

    public Task<Notes> Read() => Task.FromResult(notes.State);

    public async Task<Notes> Reload()
    {
        await notes.ReadStateAsync();
        return notes.State;
    }

    public Task Clear() => notes.ClearStateAsync();

    public Task<bool> Exists() => Task.FromResult(notes.RecordExists);

    public Task<string?> Etag() => Task.FromResult(notes.Etag);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

[Alias("test.wholeState")]
public interface IWholeStateGrain : IGrainWithIntegerKey
{
    [Alias("append")]
    Task<int> Append(string line);

    [Alias("leave")]
    Task Leave();
}

[StorageProvider(ProviderName = "archive")]
public sealed class WholeStateGrain : Grain<Notes>, IWholeStateGrain
{
    public async Task<int> Append(string line)
    {
        State.Lines.Add(line);
        await WriteStateAsync();
        return State.Lines.Count;
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
