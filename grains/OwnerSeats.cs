using NeuroTrails.Contracts;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Grains;

/// <summary>Where each owner of a run lives, and how it gets there.</summary>
/// <param name="placement">Decides.</param>
/// <param name="pins">Owners that must live in a certain place.</param>
/// <param name="time">Clock for the waiting.</param>
internal sealed class OwnerSeats(IOwnerPlacement placement, IReadOnlyList<string> pins, TimeProvider time)
{
    // An activation that has been told to go is gone within moments; this is ample.
    private const int Attempts = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private IReadOnlyDictionary<OwnerId, OwnerLocation> _places = new Dictionary<OwnerId, OwnerLocation>();

    /// <summary>The owners' places, the backbone's first.</summary>
    public OwnerLocation[] Places => [.. _places.OrderBy(pair => pair.Key.Head).Select(pair => pair.Value)];

    /// <summary>Chooses places anew.</summary>
    public async Task Choose(RunPlan plan) => _places = await placement.Plan(plan, pins);

    /// <summary>Whether owners would live elsewhere were they placed now.</summary>
    public async Task<bool> WouldChange(RunPlan plan)
    {
        var now = await placement.Plan(plan, pins);
        return now.Any(pair => _places.GetValueOrDefault(pair.Key) != pair.Value);
    }

    /// <summary>Sees to it that an owner's grain lives in its place.</summary>
    /// <exception cref="OwnerLostException">It cannot be brought there.</exception>
    public async Task<OwnerLocation> Seat(OwnerId owner, IOwnerGrain grain, long generation)
    {
        var place = _places[owner];
        placement.Aim(place);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var silo = await grain.Locate();
            if (place.Silo.Length == 0 || silo == place.Silo)
            {
                return place;
            }

            // It lives where it was before; freed, it goes away, and the next call brings it to life where it is aimed at.
            await grain.Release(generation);
            await Task.Delay(Pause, time);
        }

        throw new OwnerLostException($"{owner} cannot be moved to silo '{place.Member}'.");
    }
}
