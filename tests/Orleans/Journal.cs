using System.Collections.Concurrent;

namespace NeuroTrails.Tests.Orleans;

/// <summary>What grains did, in order and by key, for tests to look at; and gates that tests and grains open for each other.</summary>
public sealed class Journal
{
    private readonly ConcurrentDictionary<(string Key, string Name), TaskCompletionSource> _gates = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _entries = new();

    public IReadOnlyList<string> Of(string key) => [.. _entries.GetOrAdd(key, _ => new())];

    public void Write(string key, string entry)
    {
        _entries.GetOrAdd(key, _ => new()).Enqueue(entry);
        Open(key, entry);
    }

    /// <summary>Waits until somebody wrote the entry or opened the gate of that name.</summary>
    public Task Until(string key, string name)
        => Gate(key, name).Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);

    public void Open(string key, string name) => Gate(key, name).TrySetResult();

    private TaskCompletionSource Gate(string key, string name)
        => _gates.GetOrAdd((key, name), _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
