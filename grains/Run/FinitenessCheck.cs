using NeuroTrails.Contracts;

namespace NeuroTrails.Grains;

/// <summary>Before a state is measured or saved: every weight, moment and running statistic must
/// be finite. Each state is looked at once.</summary>
internal sealed class FinitenessCheck(OwnerRoster owners)
{
    private StepId? _last;

    public async Task Check(StepId id)
    {
        if (_last != id)
        {
            _last = await owners.FindNonFinite(id) is { } found ? throw RunFailures.NonFiniteState(found, id.Step) : id;
        }
    }
}
