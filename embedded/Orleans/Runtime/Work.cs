namespace Orleans.Runtime;

/// <summary>Something that waits in a mailbox for its turn: a call, a timer's tick, a step of an enumeration.</summary>
internal abstract class Work
{
    /// <summary>Whether it may run between the turns of anything else.</summary>
    public virtual bool AlwaysInterleave => false;

    /// <summary>Whether it may run beside others of its kind.</summary>
    public virtual bool ReadOnly => false;

    /// <summary>The call chain that it belongs to, where the chain allows coming back.</summary>
    public virtual Guid ReentrancyId => Guid.Empty;

    /// <summary>Whether it belongs to this activation and dies with it.</summary>
    public virtual bool IsLocalOnly => false;

    /// <summary>Whether it counts as use of the grain.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>Whether nobody waits for it any more, so that it need not start.</summary>
    public virtual bool IsAbandoned => false;

    /// <summary>Called when it was put into a mailbox.</summary>
    public virtual void OnReceived(Activation activation)
    {
    }

    /// <summary>Runs it on the activation's scheduler. Reports failures itself: must not throw.</summary>
    public abstract Task RunAsync(Activation activation);

    /// <summary>Ends it without running.</summary>
    public abstract void Reject(Exception reason);
}
