using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Data;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>A checkpoint of a run folder, kept from being pruned, and all that it takes to use it.</summary>
/// <param name="Folder">The run's folder.</param>
/// <param name="Record">What the run was made from.</param>
/// <param name="Description">The same for owners.</param>
/// <param name="Plan">The run's plan.</param>
/// <param name="Data">The run's data; null where they were not needed.</param>
/// <param name="Checkpoint">The checkpoint.</param>
/// <param name="Hold">Keeps the checkpoint.</param>
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
/// <param name="data">Opens data.</param>
/// <param name="models">The networks by name.</param>
/// <param name="time">Clock.</param>
internal sealed class RunFinder(IRunDataSource data, ModelCatalogue models, TimeProvider time)
{
    /// <summary>Finds a checkpoint, passing over damaged ones.</summary>
    /// <param name="request">Run, checkpoint, and where to compute when not where the run did.</param>
    /// <param name="dataPath">Where the data are, when not where the run had them.</param>
    /// <param name="needsData">Whether the data are wanted; else they are opened only where the
    /// run has not kept how it prepares them.</param>
    /// <param name="updates">Receives notices.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="UserErrorException">There is none.</exception>
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
        if (!models.Has(options.Model.Name))
        {
            throw new UserErrorException(
                $"This run's network '{options.Model.Name}' came from the program that trained it, and is not known here. Use the run from "
                    + "that program, whose RunEngine has it in its ModelCatalogue."
            );
        }

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
