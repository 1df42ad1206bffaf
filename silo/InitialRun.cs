using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Data;
using NeuroTrails.Export;
using NeuroTrails.Running;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>Weights that a new run starts from: of another run, whose checkpoint is held until they are copied, or of a file.</summary>
internal sealed class InitialRun(IDisposable held, Action<RunFolder> copy) : IDisposable
{
    private const int MostNamed = 4;

    public static InitialRun Open(
        string path,
        RunPlan plan,
        Func<RunOptions, DataRecord, (DataDescription Description, RunPlan Plan)> describe,
        Action<RunUpdate> tell,
        TimeProvider time
    )
    {
        if (WeightImport.IsOne(path))
        {
            return OpenFile(path, plan, tell);
        }

        var (folder, step) = InitialWeights.Find(path);
        if (!folder.HoldsRun)
        {
            throw new UserErrorException(
                $"--init-from: `{path}` holds no run (no config.yaml). Give the folder of a run, or of one of its checkpoints, "
                    + "or a file of weights (.safetensors, .npz)."
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
        return new(hold, to => InitialWeights.Copy(checkpoint, to, plan.Owners, fresh));
    }

    public void CopyTo(RunFolder folder) => copy(folder);

    public void Dispose() => held.Dispose();

    private static InitialRun OpenFile(string path, RunPlan plan, Action<RunUpdate> tell)
    {
        var file = WeightImport.Open(path, plan);
        tell(
            new RunNotice(
                $"starting from the weights of {path}"
                    + (file.GuessesMasks ? "; it holds no masks: what is zero counts as masked" : string.Empty)
            )
        );
        return new(file, file.CopyTo);
    }
}
