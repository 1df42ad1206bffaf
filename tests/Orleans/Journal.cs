using System.Collections.Concurrent;

namespace NeuroTrails.Tests.Orleans;

/// <summary>What grains did, in order, for tests to look at; and gates that tests open.</summary>
public sealed class Journal
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly ConcurrentQueue<string> _entries = new();

    public IReadOnlyList<string> Entries => [.. _entries];

    public void Write(string entry)
    {
        _entries.Enqueue(entry);
        Open(entry);
    }

    /// <summary>Waits until somebody wrote the entry or opened the gate of that name.</summary>
    public Task Until(string name) => Gate(name).Task;

    public void Open(string name) => Gate(name).TrySetResult();

    private TaskCompletionSource Gate(string name)
        => _gates.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
