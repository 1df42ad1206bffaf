using NeuroTrails.Contracts;
using NeuroTrails.Execution;

namespace NeuroTrails.Grains;

internal abstract partial class OwnerGrain<TWorker>
{
    public Task Release(long generation) => End(generation, DeactivateOnIdle);

    // Waits for another owner's answer, until the generation is over: then nobody needs it any more, and it may never come.
    protected async Task<TReply> Answer<TReply>(long generation, Task<TReply> call)
    {
        Serving(generation);
        var over = _givenUp.Token;
        try
        {
            return await call.WaitAsync(over);
        }
        catch (OperationCanceledException given) when (given.CancellationToken == over)
        {
            throw Stale(generation);
        }
    }

    protected Task Answer(long generation, Task call)
    {
        return Answer(generation, Done());

        async Task<bool> Done()
        {
            await call;
            return true;
        }
    }

    private (TWorker Worker, OwnerExecutor Executor) Serving(long generation)
    {
        if (generation < _generation)
        {
            throw Stale(generation);
        }

        return _worker is { } worker && _executor is { } executor && generation == _generation
            ? (worker, executor)
            : throw new OwnerLostException(
                $"{Owner} does not hold the parameters of generation {generation}; it serves "
                    + $"{(_worker is null ? "none" : $"generation {_generation}")}."
            );
    }

    private StaleGenerationException Stale(long generation) =>
        new($"{Owner} serves generation {_generation} and refuses a call of generation {generation}.");

    // Begins or ends a generation, one after the other, for they interleave with everything: what the older one still waits for is given
    // up.
    private async Task<T> Change<T>(long generation, Func<Task<T>> change)
    {
        if (generation < _generation)
        {
            throw Stale(generation);
        }

        _generation = generation;
        var before = _changing;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _changing = done.Task;
        try
        {
            await GiveUp();
            await before;
            return generation == _generation ? await change() : throw Stale(generation);
        }
        finally
        {
            done.SetResult();
        }
    }

    private Task End(long generation, Action leave) =>
        generation < _generation
            ? Task.CompletedTask
            : Change(
                generation,
                async () =>
                {
                    _prepared = null;
                    await Free();
                    leave();
                    return true;
                }
            );

    private async Task GiveUp()
    {
        var over = _givenUp;
        _givenUp = new();
        await over.CancelAsync();
        over.Dispose();
    }
}
