using NeuroTrails.Contracts;

namespace NeuroTrails.Grains;

/// <summary>Keeps the last reply of each kind of call, so that a repeated call changes nothing and gets the same answer.</summary>
internal sealed class ReplyMemory
{
    private readonly Dictionary<string, (StepId Id, Task Reply, Action Free)> _last = new(StringComparer.Ordinal);

    public Task<TReply> Once<TReply>(StepId id, string kind, Func<Task<TReply>> work)
    {
        if (
            _last.TryGetValue(kind, out var last)
            && last.Id == id
            && last.Reply is Task<TReply> known
            && !known.IsFaulted
            && !known.IsCanceled
        )
        {
            return known;
        }

        Forget(kind);
        var reply = work();
        _last[kind] = (id, reply, () => Free(reply));
        return reply;
    }

    public void Clear()
    {
        foreach (var kind in _last.Keys.ToList())
        {
            Forget(kind);
        }
    }

    private void Forget(string kind)
    {
        if (_last.Remove(kind, out var last))
        {
            last.Free();
        }
    }

    // A reply may own a tensor; the step after it no longer needs it.
    private static void Free<TReply>(Task<TReply> reply)
    {
        if (reply is { IsCompletedSuccessfully: true, Result: IDisposable owner })
        {
            owner.Dispose();
        }
    }
}
