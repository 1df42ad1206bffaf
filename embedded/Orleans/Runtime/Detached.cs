namespace Orleans.Runtime;

/// <summary>
/// Creates tasks and timers that carry nothing of the current flow: a caller's AsyncLocals are not the grain's;
/// what travels with a call is the request context alone.
/// </summary>
internal static class Detached
{
    public static TResult Run<TState, TResult>(TState state, Func<TState, TResult> create)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return create(state);
        }

        using (ExecutionContext.SuppressFlow())
        {
            return create(state);
        }
    }
}
