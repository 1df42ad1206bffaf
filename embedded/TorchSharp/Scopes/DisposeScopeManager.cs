namespace TorchSharp;

/// <summary>The calling thread's dispose scopes and its count of tensors.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? threadSingleton;

    internal static DisposeScopeManager ThreadSingleton => threadSingleton ??= new DisposeScopeManager();

    public static ThreadDisposeScopeStatistics Statistics => ThreadSingleton.StatisticsInstance;

    internal ThreadDisposeScopeStatistics StatisticsInstance { get; } = new();

    internal DisposeScope? CurrentDisposeScope { get; private set; }

    internal void RegisterOnCurrentDisposeScope(torch.Tensor item)
    {
        if (CurrentDisposeScope is { } scope)
        {
            StatisticsInstance.TensorStatistics.CreatedInScopeCount++;
            scope.Add(item);
        }
        else
        {
            StatisticsInstance.TensorStatistics.CreatedOutsideScopeCount++;
        }
    }

    internal void DisposingOnCurrentScope(torch.Tensor item)
    {
        if (item.OwningDisposeScope is null)
        {
            StatisticsInstance.TensorStatistics.DisposedOutsideScopeCount++;
        }
        else
        {
            StatisticsInstance.TensorStatistics.DisposedInScopeCount++;
        }
    }

    internal DisposeScope NewDisposeScope() => CurrentDisposeScope = new DisposeScope(this);

    // Scopes are normally closed innermost first; one closed out of turn is taken out of the chain.
    internal void RemoveDisposeScope(DisposeScope disposeScope)
    {
        if (ReferenceEquals(CurrentDisposeScope, disposeScope))
        {
            CurrentDisposeScope = disposeScope.OuterScope;
            return;
        }
        for (DisposeScope? scope = CurrentDisposeScope; scope is not null; scope = scope.OuterScope)
        {
            if (ReferenceEquals(scope.OuterScope, disposeScope))
            {
                scope.OuterScope = disposeScope.OuterScope;
                return;
            }
        }
    }
}
