using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Data;
using NeuroTrails.Running;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>A run whose weights a new one starts from; its checkpoint is held until they are copied.</summary>
/// <param name="checkpoint">The checkpoint.</param>
/// <param name="hold">Keeps it.</param>
/// <param name="plan">Plan of the new run.</param>
/// <param name="fresh">Tensors that are not taken.</param>
internal sealed class InitialRun(CommittedCheckpoint checkpoint, CheckpointHold hold, RunPlan plan, IReadOnlyList<string> fresh)
    : IDisposable
{
    private const int MostNamed = 4;

    /// <summary>Opens it, and says what is taken.</summary>
    /// <param name="path">Folder of the run, or of one of its checkpoints.</param>
    /// <param name="plan">Plan of the new run.</param>
    /// <param name="describe">Plans a run.</param>
    /// <param name="tell">Told what is taken.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="UserErrorException">It is no run, or its weights do not fit.</exception>
    public static InitialRun Open(
        string path,
        RunPlan plan,
        Func<RunOptions, DataRecord, (DataDescription Description, RunPlan Plan)> describe,
        Action<RunUpdate> tell,
        TimeProvider time
    )
    {
        var (folder, step) = InitialWeights.Find(path);
        if (!folder.HoldsRun)
        {
            throw new UserErrorException(
                $"--init-from: `{path}` holds no run (no config.yaml). Give the folder of a run, or of one of its checkpoints."
            );
        }

        var record =
            folder.ReadDataRecord()
            ?? throw new UserErrorException(
                $"--init-from: `{path}` is a run of an older version, without data.json. It gets one when it is resumed once."
            );
        var (_, source) = describe(RunOptionsReader.Parse(folder.ReadConfig()), record);
        var fresh = InitialWeights.Compare(source, plan);
        var (checkpoint, hold) = new CheckpointStore(folder.Path, time).Hold(
            step?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? CheckpointChoice.Last.ToString(),
            rejected => tell(new RunNotice(rejected.ToString(), Warning: true)),
            notice => tell(new RunNotice(notice))
        );
        var drawn =
            fresh.Count == 0
                ? string.Empty
                : $"; of another shape and therefore drawn: {string.Join(", ", fresh.Take(MostNamed))}"
                    + (fresh.Count > MostNamed ? $" and {fresh.Count - MostNamed} more" : string.Empty);
        tell(new RunNotice($"starting from the weights of {folder.Path}, step {checkpoint.Step}{drawn}"));
        return new(checkpoint, hold, plan, fresh);
    }

    /// <summary>Copies the weights into the folder of the new run.</summary>
    public void CopyTo(RunFolder folder) => InitialWeights.Copy(checkpoint, folder, plan.Owners, fresh);

    public void Dispose() => hold.Dispose();
}
