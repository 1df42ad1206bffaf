namespace Orleans.Runtime;

/// <content>When an activation counts as idle.</content>
internal sealed partial class Activation
{
    private long _lastUsed;
    private DateTimeOffset _keepUntil;

    public void DelayDeactivation(TimeSpan timeSpan)
    {
        lock (_gate)
        {
            _keepUntil = timeSpan == Timeout.InfiniteTimeSpan || timeSpan == TimeSpan.MaxValue
                ? DateTimeOffset.MaxValue
                : timeSpan <= TimeSpan.Zero ? default : Silo.Time.GetUtcNow() + timeSpan;
        }
    }

    /// <summary>Begins to collect the activation where it has been idle for so long.</summary>
    public bool TryCollect(TimeSpan ageLimit)
    {
        lock (_gate)
        {
            if (_state != ActivationState.Valid
                || _waiting.Count + _running.Count > 0
                || Silo.Time.GetUtcNow() < _keepUntil
                || Silo.Time.GetElapsedTime(_lastUsed) < ageLimit)
            {
                return false;
            }

            BeginDeactivation();
        }

        var reason = new DeactivationReason(DeactivationReasonCode.ActivationIdle, "Activation is idle.");
        Post(_ => _ = DeactivateAsync(reason, CancellationToken.None), null);
        return true;
    }
}
