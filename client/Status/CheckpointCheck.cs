using NeuroTrails.Checkpoints;
using NeuroTrails.Client.Display;
using NeuroTrails.Configuration;

namespace NeuroTrails.Client.Status;

/// <summary>What a look into a run's checkpoints found.</summary>
internal sealed record CheckpointCheck(IReadOnlyList<CheckpointAudit> Sound, IReadOnlyList<string> Findings)
{
    public static CheckpointCheck Of(RunStatus status)
    {
        var sound = new List<CheckpointAudit>();
        var findings = new List<string>();
        foreach (var entry in status.Checkpoints)
        {
            try
            {
                sound.Add(CheckpointAudit.Of(entry));
            }
            catch (CheckpointDamagedException) when (!Directory.Exists(entry.Folder))
            {
                // The run goes on meanwhile, and no longer needs this one.
            }
            catch (CheckpointDamagedException damaged)
            {
                findings.Add(damaged.Message);
            }
        }

        var counts = sound.Select(audit => audit.ActiveWeights).Distinct().ToList();
        if (counts.Count > 1 && status.Options.Compatibility == Compatibility.GoodPractice)
        {
            findings.Add(
                $"The checkpoints have {string.Join(", ", counts.Select(Readable.Count))} active weights, where prune and regrow must keep "
                    + "their number."
            );
        }

        return new(sound, findings);
    }
}
