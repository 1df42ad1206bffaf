using NeuroTrails.Contracts;

namespace NeuroTrails.Grains;

internal sealed partial class RunLoop
{
    // After a fault: where to go on, once those who died have had a moment to be missed.
    private async Task<long?> GoBack(Exception lost, CancellationToken giveUp)
    {
        var pause = _restarts.Spend(Step, _serving, lost is OwnerLostException { IsOfNetwork: true });
        _serving = false;
        GrainLog.Recovering(logger, lost, _generation, Step);
        book.Recovered();
        var checkpoint = book.LatestStep(ledger.State.Committed);
        updates.Add(RunFailures.Lost(lost, Step, checkpoint));
        Step = checkpoint ?? 0;
        await Task.Delay(pause, time, giveUp);
        return checkpoint;
    }

    private async Task Begin(long? checkpoint, CancellationToken giveUp)
    {
        _reconsider = false;
        await Prepare(checkpoint, trains: true, giveUp);
        _serving = true;
        (_saved, _committed) = (new(_generation, Step), time.GetTimestamp());
        book.CleanUp(_generation);
        book.Begin(Step, owners.Density);
        await _measurements.MakeUp(new(_generation, Step), giveUp);
    }

    private async Task Prepare(long? checkpoint, bool trains, CancellationToken giveUp)
    {
        var position = book.Locate(checkpoint);
        Step = position.Step;
        do
        {
            _generation = Math.Max(Math.Max(_generation, ledger.State.Generation), position.Generation) + 1;
            await ledger.BeginGeneration(_generation, giveUp);

            if (trains)
            {
                // Only now, as whoever coordinated before can no longer write down that the run has ended for losing it.
                book.Claim();
            }
        } while (await WaitForPlaces(giveUp));
        _preparing = true;
        await owners.Prepare(_generation, Step, trains, position.Folder).WaitAsync(giveUp);
        _preparing = false;
    }

    // True where it had to wait: who takes its owners' places must have been the coordinator a moment ago, not an hour ago.
    private async Task<bool> WaitForPlaces(CancellationToken giveUp)
    {
        var waited = await waiting.Until(() => seats.Choose(plan), Release, giveUp);
        if (waited)
        {
            _restarts.Forgive();
        }

        return waited;
    }
}
