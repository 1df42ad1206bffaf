using Orleans.Concurrency;

namespace NeuroTrails.Tests.Orleans;

[Alias("test.worker")]
public interface IWorkerGrain : IGrainWithIntegerCompoundKey
{
    [Alias("work")]
    Task<string> Work(string name);
}

[StatelessWorker(3)]
public sealed class WorkerGrain(Journal journal) : Grain, IWorkerGrain
{
    public async Task<string> Work(string name)
    {
        var number = this.GetPrimaryKeyLong(out var key);
        journal.Write(key!, $"begin {name}");
        await journal.Until(key!, "go");
        return $"{number} {key} {name}";
    }
}
