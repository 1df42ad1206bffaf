using System.Text.RegularExpressions;
using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Data;
using NeuroTrails.Grains;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Silo.Placement;
using NeuroTrails.Training;

namespace NeuroTrails.Silo.Cluster;

/// <summary>Checks what a cluster is asked to train. No path from outside the runs folder and the data folder is ever opened.</summary>
/// <param name="silo">Which folders.</param>
/// <param name="grains">Reaches the cluster grain.</param>
/// <param name="data">Opens data.</param>
/// <param name="models">The networks by name.</param>
/// <param name="placement">Where owners would live, if anywhere, which decides what had better travel.</param>
/// <param name="time">Clock.</param>
internal sealed partial class RunAdmission(SiloRequest silo, IGrainFactory grains, IRunDataSource data, ModelCatalogue models, IOwnerPlacement placement, TimeProvider time) : IRunAdmission
{
    /// <inheritdoc/>
    public async Task<RunDefinition> Admit(RunSubmission submission, Action<RunNotice> notice)
    {
        if (!Name().IsMatch(submission.RunId))
        {
            throw new UserErrorException($"'{submission.RunId}' is no name for a run. Allowed: 1 to 100 letters, digits, '.', '_' and '-', the first a letter or digit. Change --run.");
        }

        var folder = new RunFolder(Path.Combine(silo.RunsFolder, submission.RunId));
        if (folder.HoldsRun && !submission.MayExist)
        {
            throw new UserErrorException($"The cluster has a run '{submission.RunId}' already. Go on with it by --resume auto, or choose another name with --run.");
        }

        var resumes = folder.HoldsRun;
        if (!resumes && submission.Options.Length == 0)
        {
            throw new UserErrorException($"The cluster has no run '{submission.RunId}'. Change --run, or say what to train: --preset or --config.");
        }

        var known = resumes ? folder.ReadConfig() : null;
        if (known is not null)
        {
            Compare(submission, known);
        }

        var changes = new List<string>();
        var options = Read(known ?? submission.Options, submission);
        options = resumes ? KnownSettings.GoOn(folder, options, changes.Add) : Named(await Resolve(options));
        var before = resumes ? folder.ReadDataRecord() : null;
        var (opened, record, remarks) = await Task.Run(() => RunDataRecord.Open(data, options, before));
        if (resumes && before is null)
        {
            notice(RunNotice.OlderVersion);
        }

        if (before is not null && RunDataRecord.Compare(before, record, submission.AllowChangedData) is { } changed)
        {
            notice(new(changed, Warning: true));
        }

        var plan = new RunPlan(options, DataDescription.Of(record).ToShape(), models);
        options = plan.Options;

        // A layout that cannot be is refused now, before anything is written.
        var layout = await placement.Plan(plan, submission.RunId, submission.Pins);
        if (options.Execution.Share == Sharing.Auto)
        {
            options = options with { Execution = options.Execution with { Share = SharingCost.Choose(plan, layout) } };
        }

        var yaml = RunOptionsWriter.ToYaml(options);
        var step = resumes ? new CheckpointStore(folder.Path, time).LatestValid()?.Step : null;
        KnownSettings.RefuseShorter(folder, step, plan.TotalSteps);

        if (!resumes)
        {
            // Only for the moment of making; from then on its coordinator has the right to write.
            using var held = folder.LockNew(time);
            AtomicFile.WriteAllText(folder.DataRecordPath, DataRecordFile.Write(record));
            KnownSettings.Write(folder, options);
        }

        foreach (var remark in DataHeader.Of(record).Concat(remarks).Concat(changes))
        {
            notice(new(remark));
        }

        return new(
            submission.RunId,
            folder.Path,
            yaml,
            DataDescription.Of(record),
            Math.Min(step ?? 0, plan.TotalSteps) is > 0 and var at ? at : null);
    }

    /// <inheritdoc/>
    public void Compare(RunSubmission submission, string options)
    {
        if (submission.Options.Length == 0)
        {
            return;
        }

        var (asked, own) = (Named(RunOptionsReader.Parse(submission.Options)), RunOptionsReader.Parse(options));
        asked = asked with
        {
            Device = asked.Device == "auto" ? own.Device : asked.Device,
            Data = asked.Data with { Path = asked.Data.Path is null ? own.Data.Path : DataPath(asked.Data.Path, asked.Data.Name) },
        };
        var differences = OtherSettings.Of(asked, own);
        if (differences.Count > 0)
        {
            throw new UserErrorException(
                $"The cluster has a run '{submission.RunId}' with other settings; choose another --run, or go on with its own by --resume {submission.RunId}\n  {string.Join("\n  ", differences)}");
        }
    }

    private RunOptions Named(RunOptions options) => data.Name is { } name ? options with { Data = options.Data with { Name = name } } : options;

    private static RunOptions Read(string yaml, RunSubmission submission)
    {
        var reader = new RunOptionsReader().AddText(yaml, "config.yaml");
        foreach (var change in submission.Changes ?? [])
        {
            reader.AddAssignment(change);
        }

        var (options, own) = (reader.Read(), RunOptionsReader.Parse(yaml));
        return options.Device == own.Device && options.Data.Path == own.Data.Path
            ? options
            : throw new UserErrorException($"Run '{submission.RunId}' keeps its device and its data.path in a cluster. Leave them out of --set.");
    }

    private async Task<RunOptions> Resolve(RunOptions options)
    {
        var overview = await grains.GetGrain<IClusterGrain>(GrainKeys.Cluster).Overview();
        var kinds = overview.Members.SelectMany(member => member.Devices).Select(device => device.Split(':')[0]).Distinct().ToList();
        var kind = options.Device == "auto" ? kinds.Contains("cuda") ? "cuda" : "cpu" : options.Device;
        if (!kinds.Contains(kind))
        {
            throw new UserErrorException($"--device {options.Device} is not what this cluster has. Allowed: auto{string.Concat(kinds.Order(StringComparer.Ordinal).Select(known => ", " + known))}.");
        }

        return ResolvedOptions.Of(options with { Data = options.Data with { Path = DataPath(options.Data.Path, options.Data.Name) } }, [kind]);
    }

    private string? DataPath(string? asked, string name)
    {
        if (silo.DataFolder is not { } root)
        {
            return asked is null ? null : throw new UserErrorException($"data.path is '{asked}', but the cluster's silos have no data folder. Start them with one (./neurotrails silo --name a --data DIR), or leave data.path out.");
        }

        root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        var path = Path.GetFullPath(Path.Combine(root, asked ?? name));
        if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new UserErrorException($"data.path is '{asked}', which is outside the cluster's data folder. Allowed: names of folders inside it, such as {name}.");
        }

        return Directory.Exists(path) ? path : asked is null ? null : throw new UserErrorException($"The cluster's data folder holds no '{asked}'. It holds: {string.Join(", ", Directory.EnumerateDirectories(root).Select(Path.GetFileName).Order(StringComparer.Ordinal))}.");
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex Name();
}
