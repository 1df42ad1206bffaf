using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary>A fault of which the coordinator knows what kind it is and whom it concerns; never leaves the coordinator.</summary>
internal sealed class RunFault(string message, FailureCause cause, long step, string? owner) : Exception(message)
{
    public FailureCause Cause { get; } = cause;

    public long Step { get; } = step;

    public string? Owner { get; } = owner;
}
