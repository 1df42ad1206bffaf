namespace TorchSharp;

/// <summary>Disposes the tensors made on its thread since it was opened, except those moved out of it.</summary>
public sealed class DisposeScope : IDisposable
{
    // A tensor remembers its place here, so that adding and taking out cost no hashing: both happen once per operation.
    private readonly List<torch.Tensor> tensors = [];
    private DisposeScopeManager? manager;

    internal DisposeScope(DisposeScopeManager manager)
    {
        this.manager = manager;
        OuterScope = manager.CurrentDisposeScope;
    }

    internal DisposeScope? OuterScope { get; set; }

    private DisposeScopeManager Manager => manager ?? throw new ObjectDisposedException(GetType().FullName);

    /// <summary>What the scope holds now; not kept in step.</summary>
    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            _ = Manager;
            return tensors.ToArray();
        }
    }

    public int DisposablesCount
    {
        get
        {
            _ = Manager;
            return tensors.Count;
        }
    }

    public bool Contains(IDisposable disposable) => disposable is torch.Tensor t && t.OwningDisposeScope == this;

    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(OuterScope, disposable);

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second));

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
            (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(OuterScope, disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        Move(scope, disposable);
        return disposable;
    }

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) =>
        MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (IDisposable disposable in disposables)
        {
            Move(scope, disposable);
        }
    }

    public T Detach<T>(T disposable) where T : IDisposable
    {
        Move(null, disposable);
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (Detach(first), Detach(second));

    public void Detach(params IDisposable[] disposables) => MoveToOther(null, disposables);

    public void Detach(IEnumerable<IDisposable> disposables) => MoveToOther(null, disposables);

    public void Attach(IDisposable disposable)
    {
        DisposeScopeManager owner = Manager;
        torch.Tensor tensor = AsTensor(disposable);
        if (tensor.OwningDisposeScope == this)
        {
            return;
        }
        tensor.OwningDisposeScope?.Remove(tensor);
        Add(tensor);
        owner.StatisticsInstance.TensorStatistics.AttachedToScopeCount++;
    }

    public void Attach(params IDisposable[] disposables) => _ = Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        List<IDisposable> result = [];
        foreach (IDisposable disposable in disposables)
        {
            Attach(disposable);
            result.Add(disposable);
        }
        return result;
    }

    public void DisposeEverything() => DisposeEverythingBut([]);

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        _ = Manager;
        HashSet<IDisposable>? keep = inKeep is IDisposable[] { Length: 0 } ? null : new(inKeep, ReferenceEqualityComparer.Instance);
        for (int i = tensors.Count - 1; i >= 0; i--)
        {
            if (keep is null || !keep.Contains(tensors[i]))
            {
                tensors[i].Dispose();
            }
        }
    }

    public void MarkAsDisposed(IDisposable disposable)
    {
        _ = Manager;
        if (disposable is torch.Tensor tensor)
        {
            Remove(tensor);
        }
    }

    public void Dispose()
    {
        if (manager is null)
        {
            return;
        }
        DisposeEverything();
        manager.RemoveDisposeScope(this);
        manager = null;
    }

    /// <summary>Puts one tensor in another's place, in whatever scope that is.</summary>
    internal static void ReplaceWith(torch.Tensor original, torch.Tensor replacement)
    {
        if (original.OwningDisposeScope is { } scope && scope.Remove(original))
        {
            scope.Add(replacement);
        }
    }

    internal void Add(torch.Tensor tensor)
    {
        tensor.OwningDisposeScope = this;
        tensor.ScopeSlot = tensors.Count;
        tensors.Add(tensor);
    }

    internal bool Remove(torch.Tensor tensor)
    {
        if (tensor.OwningDisposeScope != this)
        {
            return false;
        }
        int last = tensors.Count - 1;
        torch.Tensor moved = tensors[last];
        tensors[tensor.ScopeSlot] = moved;
        moved.ScopeSlot = tensor.ScopeSlot;
        tensors.RemoveAt(last);
        tensor.OwningDisposeScope = null;
        return true;
    }

    private static torch.Tensor AsTensor(IDisposable disposable) => disposable as torch.Tensor
        ?? throw new InvalidOperationException("DisposeScope can only manage Tensor or PackedSequence");

    private void Move(DisposeScope? scope, IDisposable disposable)
    {
        DisposeScopeManager owner = Manager;
        if (disposable is not torch.Tensor tensor || !Remove(tensor))
        {
            return;
        }
        if (scope is null)
        {
            owner.StatisticsInstance.TensorStatistics.DetachedFromScopeCount++;
        }
        else
        {
            scope.Add(tensor);
        }
    }
}
