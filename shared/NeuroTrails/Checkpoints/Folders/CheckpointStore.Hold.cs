using System.Globalization;

namespace NeuroTrails.Checkpoints;

public sealed partial class CheckpointStore
{
    private const int MostLooks = 100;
    private const int LookMilliseconds = 20;

    /// <summary>A checkpoint by its name on the command line, for a reader beside the writer: it stays until it is let go.</summary>
    /// <param name="which"><c>last</c> (the newest valid one), <c>best</c>, or a step.</param>
    /// <param name="report">Told about every damaged one that <c>last</c> passes over.</param>
    /// <param name="notice">Told where one was pruned before it could be held, and a newer one is taken.</param>
    /// <exception cref="UserErrorException">No such checkpoint, or the one that was asked for is damaged.</exception>
    public (CommittedCheckpoint Checkpoint, CheckpointHold Hold) Hold(
        string which,
        Action<RejectedCheckpoint>? report = null,
        Action<string>? notice = null
    )
    {
        for (var look = 1; look < MostLooks; look++)
        {
            if ((which == "last" ? TryHoldLast(report, notice) : TryHoldOne(which, notice)) is { } held)
            {
                return held;
            }

            // Its writer has it in its hands for a moment.
            Thread.Sleep(LookMilliseconds);
        }

        throw Missing("no checkpoint that stays long enough to be read");
    }

    private (CommittedCheckpoint, CheckpointHold)? TryHoldLast(Action<RejectedCheckpoint>? report, Action<string>? notice)
    {
        foreach (var entry in Enumerable.Reverse(Candidates()))
        {
            if (CheckpointHold.TryTake(entry.Folder) is not { } hold)
            {
                return Gone(entry.Step, notice);
            }

            try
            {
                return (CheckpointVerifier.Verify(entry), hold);
            }
            catch (CheckpointDamagedException fault)
            {
                hold.Dispose();
                if (!Directory.Exists(entry.Folder))
                {
                    return Gone(entry.Step, notice);
                }

                LogRejected(entry.Step, entry.Folder, fault.Reason);
                report?.Invoke(new RejectedCheckpoint(entry.Step, entry.Folder, fault.Reason));
            }
        }

        throw Missing("no valid checkpoint");
    }

    private (CommittedCheckpoint, CheckpointHold)? TryHoldOne(string which, Action<string>? notice)
    {
        var step =
            which == "best" ? Best?.Step
            : long.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : null;
        if (step is not { } wanted)
        {
            throw Missing(which == "best" ? "no record of a best checkpoint" : $"no checkpoint '{which}'");
        }

        var hold = CheckpointHold.TryTake(FolderOf(wanted));
        try
        {
            // Without a hold it may be gone, which this says.
            var checkpoint = Load(wanted);
            if (hold is { } held)
            {
                return (checkpoint, held);
            }
        }
        catch (UserErrorException) when (which == "best" && Best?.Step != wanted)
        {
            // Another one is the best by now.
        }
        catch
        {
            hold?.Dispose();
            throw;
        }

        hold?.Dispose();
        return Gone(wanted, notice);
    }

    private static (CommittedCheckpoint, CheckpointHold)? Gone(long step, Action<string>? notice)
    {
        notice?.Invoke(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The checkpoint of step {step} was pruned by the run just now; looking for the newest again."
            )
        );
        return null;
    }
}
