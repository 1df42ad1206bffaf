using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Grains;

/// <summary>Where each owner of a run lives, and how it gets there.</summary>
internal sealed class OwnerSeats(IOwnerPlacement placement, string runId, IReadOnlyList<string> pins, TimeProvider time)
{
    // An activation that has been told to go is gone within moments; this is ample.
    private const int Attempts = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private IReadOnlyDictionary<OwnerId, OwnerLocation> _places = new Dictionary<OwnerId, OwnerLocation>();

    public OwnerLocation this[OwnerId owner] => _places[owner];

    public OwnerLocation[] Places => [.. _places.OrderBy(pair => pair.Key.Head).Select(pair => pair.Value)];

    // The heads that compute with the backbone itself and, where gradients are shared, with each of its replicas on other silos.
    public ReplicaLayout Replicas(RunPlan plan) => ReplicaLayout.Of(_places, plan.Options.Execution.Share == Sharing.Gradients);

    // What is missing, where nothing fits now; null where everybody has a place.
    public async Task<string?> Choose(RunPlan plan)
    {
        try
        {
            _places = await placement.Plan(plan, runId, pins);
            return null;
        }
        catch (NoPlaceException missing)
        {
            _places = new Dictionary<OwnerId, OwnerLocation>();
            return missing.Message;
        }
    }

    public async Task<bool> ShouldMove(RunPlan plan, bool rebalance)
    {
        try
        {
            // Who shall not move for a better place is looked for where it is: that place is refused where its silo is leaving.
            var now = await placement.Plan(
                plan,
                runId,
                rebalance ? pins : [.. _places.Values.Select(place => $"{place.Owner}={place.Member}/{place.Device}")]
            );
            return rebalance && now.Any(pair => _places[pair.Key] != pair.Value);
        }
        catch (NoPlaceException missing)
        {
            // Who is about to lose its silo and has nowhere to go is better saved now than missed later.
            return _places.Values.Any(place => missing.Leaving.Contains(place.Silo));
        }
        catch (Exception fault) when (fault is UserErrorException or TimeoutException or OrleansException)
        {
            // Nobody knows a better place than the present one.
            return false;
        }
    }

    public async Task<OwnerLocation> Seat(OwnerLocation place, IOwnerGrain grain, long generation)
    {
        placement.Aim(place);
        var silo = string.Empty;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            silo = await HedgedCalls.Ask(grain.Locate, time);
            if (place.Silo.Length == 0 || silo == place.Silo)
            {
                return place;
            }

            // It lives where it was before.
            await HedgedCalls.Ask(() => grain.Move(generation), time);
            await Task.Delay(Pause, time);
        }

        throw new OwnerLostException($"{place.Owner} cannot be moved to silo '{place.Member}' ({place.Silo}); it stays at {silo}.");
    }
}
