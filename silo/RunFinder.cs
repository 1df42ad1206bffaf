using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Data;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>A checkpoint of a run folder, kept from being pruned, and all that it takes to use it.</summary>
internal sealed record FoundRun(
    RunFolder Folder,
    DataRecord Record,
    DataDescription Description,
    RunPlan Plan,
    IRunData? Data,
    CommittedCheckpoint Checkpoint,
    CheckpointHold Hold
) : IDisposable
{
    public void Dispose() => Hold.Dispose();
}

/// <summary>Finds checkpoints of run folders.</summary>
internal sealed class RunFinder(IRunDataSource data, ModelCatalogue models, TimeProvider time)
{
    // Finds a checkpoint, passing over damaged ones.
    public async Task<FoundRun> Find(
        PredictorRequest request,
        string? dataPath,
        bool needsData,
        IProgress<RunUpdate> updates,
        CancellationToken stop
    )
    {
        var folder = new RunFolder(request.RunFolder);
        if (!folder.HoldsRun)
        {
            throw new UserErrorException($"'{folder.Path}' holds no run (no config.yaml). Give the folder of a run with --run.");
        }

        var options = KnownSettings.GoOn(folder, RunOptionsReader.Parse(folder.ReadConfig()));
        options = ResolvedOptions.Of(
            options with
            {
                Device = request.Device ?? options.Device,
                Data = dataPath is null ? options.Data : options.Data with { Path = dataPath },
            }
        );
        var record = folder.ReadDataRecord();
        if (record is null)
        {
            Warn(RunNotice.OlderVersion.Message);
        }

        var opens = needsData || (record?.Normalisation is null && record is not { IsText: true });
        CheckKnown(options, opens);
        IRunData? opened = null;
        if (record is null || opens)
        {
            var known = record;
            (opened, record, var notices) = await InBackground(() => RunDataRecord.Open(data, options, known), stop);
            if (known is not null && RunDataRecord.Compare(known, record, allowed: true) is { } changed)
            {
                Warn(changed);
            }

            foreach (var notice in known is null ? [] : notices)
            {
                Warn(notice);
            }
        }

        var description = DataDescription.Of(record);
        var plan = new RunPlan(options, description.ToShape(), models);
        var store = new CheckpointStore(folder.Path, time);
        var (checkpoint, hold) = await InBackground(
            () =>
                store.Hold(
                    request.Checkpoint.ToString(),
                    rejected => Warn(rejected.ToString()),
                    notice => updates.Report(new RunNotice(notice))
                ),
            stop
        );
        return new(folder, record, description, plan, opened, checkpoint, hold);

        void Warn(string notice) => updates.Report(new RunNotice(notice, Warning: true));
    }

    // What a program registers, only that program knows.
    private void CheckKnown(RunOptions options, bool needsData)
    {
        models.CheckOfRun(options.Model.Name);
        if (needsData && data.Name is null && !DataSetCatalogue.Has(options.Data.Name))
        {
            throw new UserErrorException(
                $"This run's data '{options.Data.Name}' came from the program that trained it, and are not known here. Measure "
                    + "the run from that program, whose RunEngine has them as its IRunDataSource."
            );
        }
    }

    // Whoever asks for an end does not wait until data are read or checkpoints compared: the process ends, or the thread some time later.
    private static Task<T> InBackground<T>(Func<T> work, CancellationToken stop) => Task.Run(work, CancellationToken.None).WaitAsync(stop);
}
