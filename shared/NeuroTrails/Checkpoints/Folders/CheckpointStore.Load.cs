using System.Globalization;

namespace NeuroTrails.Checkpoints;

public sealed partial class CheckpointStore
{
    /// <summary>The newest checkpoint whose files are what its manifest says, or null where there is none.</summary>
    /// <param name="report">Told about every newer one that is damaged; they are logged as warnings besides.</param>
    public CommittedCheckpoint? LatestValid(Action<RejectedCheckpoint>? report = null)
    {
        foreach (var entry in Enumerable.Reverse(Candidates()))
        {
            try
            {
                return CheckpointVerifier.Verify(entry);
            }
            catch (CheckpointDamagedException fault)
            {
                LogRejected(entry.Step, entry.Folder, fault.Reason);
                report?.Invoke(new RejectedCheckpoint(entry.Step, entry.Folder, fault.Reason));
            }
        }

        return null;
    }

    /// <summary>A checkpoint by its name on the command line.</summary>
    /// <param name="which"><c>last</c> (the newest valid one), <c>best</c>, or a step.</param>
    /// <param name="report">Told about every damaged one that <c>last</c> passes over.</param>
    /// <exception cref="UserErrorException">No such checkpoint, or the one that was asked for is damaged.</exception>
    public CommittedCheckpoint Load(string which, Action<RejectedCheckpoint>? report = null) =>
        which switch
        {
            "last" => LatestValid(report) ?? throw NoneIsValid(),
            "best" => Load((Best ?? throw Missing("no record of a best checkpoint")).Step),
            _ when long.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var step) => Load(step),
            _ => throw Missing($"no checkpoint '{which}'"),
        };

    /// <summary>The checkpoint of a step, verified.</summary>
    /// <param name="step">Steps completed.</param>
    /// <param name="manifestSha256">Where a cluster agreed on one: the hash that its manifest must have.</param>
    /// <exception cref="UserErrorException">No such checkpoint, or it is damaged.</exception>
    public CommittedCheckpoint Load(long step, string? manifestSha256 = null)
    {
        var folder = FolderOf(step);
        if (!Directory.Exists(folder))
        {
            throw Missing($"no checkpoint of step {step}");
        }

        try
        {
            var checkpoint = CheckpointVerifier.Verify(new CheckpointEntry(step, folder));
            return manifestSha256 is null || checkpoint.ManifestSha256 == manifestSha256
                ? checkpoint
                : throw new CheckpointDamagedException(
                    folder,
                    $"its manifest has SHA-256 {checkpoint.ManifestSha256}, the run agreed on {manifestSha256}"
                );
        }
        catch (CheckpointDamagedException fault)
        {
            throw new UserErrorException($"{fault.Message} {Choices(step)}", fault);
        }
    }

    private UserErrorException NoneIsValid() =>
        new(
            Candidates().Count == 0
                ? $"There is no checkpoint in '{Folder}' yet. Let the run train until it writes one, or name another run with --run."
                : $"Every checkpoint in '{Folder}' is damaged. Put intact copies of their files there, or name another run with --run."
        );

    private UserErrorException Missing(string what) => new($"There is {what} in '{Folder}'. {Choices(null)}");

    private string Choices(long? except)
    {
        var steps = List().Where(entry => entry.Step != except).Select(entry => entry.Step).ToList();
        return steps.Count == 0
            ? "It holds no other checkpoint: name another run with --run."
            : $"Allowed for --checkpoint: last{(Best is null ? "" : ", best")}, or one of the steps {string.Join(", ", steps)}.";
    }
}
