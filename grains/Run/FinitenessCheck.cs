using NeuroTrails.Contracts;

namespace NeuroTrails.Grains;

/// <summary>Before a state is measured or saved: every weight, moment and running statistic must
/// be finite. Each state is looked at once.</summary>
/// <param name="owners">Hold the state.</param>
internal sealed class FinitenessCheck(OwnerRoster owners)
{
    private StepId? _last;

    /// <summary>Looks at the owners' state after a step.</summary>
    /// <exception cref="RunFault">Something is not finite.</exception>
    public async Task Check(StepId id)
    {
        if (_last != id)
        {
            _last = await owners.FindNonFinite(id) is { } found ? throw RunFailures.NonFiniteState(found, id.Step) : id;
        }
    }
}
