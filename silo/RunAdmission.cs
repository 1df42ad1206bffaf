using System.Text.RegularExpressions;
using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Data;
using NeuroTrails.Files;
using NeuroTrails.Grains;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Silo.Placement;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>Checks what is asked to be trained. In a cluster no path from outside the runs folder
/// and the data folder is ever opened.</summary>
internal sealed partial class RunAdmission(
    SiloRequest silo,
    OwnerServices owners,
    RunLeases leases,
    IGrainFactory grains,
    IRunDataSource data,
    ModelCatalogue models,
    IOwnerPlacement placement,
    TimeProvider time
) : IRunAdmission
{
    public async Task<AdmittedRun> Admit(RunSubmission submission, string lease, Action<RunUpdate> tell)
    {
        if (!silo.InProcess && !Name().IsMatch(submission.RunId))
        {
            throw new UserErrorException(
                $"'{submission.RunId}' is no name for a run. Allowed: 1 to 100 letters, digits, '.', '_' and '-', the first a letter or "
                    + "digit. Change --run."
            );
        }

        var folder = new RunFolder(Path.Combine(silo.RunsFolder, submission.RunId));
        var resumes = Resumes(submission, folder);
        var changes = new List<string>();
        var options = await Settings(submission, resumes ? folder : null, changes.Add, tell);

        // Reading may take minutes: not on the coordinator's turn.
        var known = resumes ? folder.ReadDataRecord() : null;
        var (opened, record, remarks) = await Task.Run(() => RunDataRecord.Open(data, options, known));
        if (resumes && known is null)
        {
            tell(RunNotice.OlderVersion);
        }

        if (known is not null && RunDataRecord.Compare(known, record, submission.AllowChangedData) is { } changed)
        {
            tell(new RunNotice(changed, Warning: true));
        }

        foreach (var remark in DataHeader.Of(record).Concat(remarks))
        {
            tell(new RunNotice(remark));
        }

        if (silo.InProcess)
        {
            ProcessMemory.RefuseTooLarge(options, DataDescription.Of(record).ToShape(), models);
        }

        var (description, plan) = Describe(options, record);
        plan.Method.CheckStart(plan);

        // A layout that cannot be is refused now, before anything is written.
        var layout = await placement.Plan(plan, submission.RunId, submission.Pins);
        options =
            plan.Options.Execution.Share == Sharing.Auto
                ? plan.Options with
                {
                    Execution = plan.Options.Execution with { Share = SharingCost.Choose(plan, layout) },
                }
                : plan.Options;
        using var initial =
            resumes || submission.InitFrom is not { } source
                ? null
                : await Task.Run(() => InitialRun.Open(source, plan, Describe, tell, time));
        var claim = leases.Claim(lease);
        var right = resumes ? folder.LockExisting(time, claim) : folder.LockNew(time, claim);
        try
        {
            var store = new CheckpointStore(folder.Path, time);
            store.CleanUp(right);
            var checkpoint = resumes
                ? await Task.Run(() => store.LatestValid(rejected => tell(new RunNotice(rejected.ToString(), Warning: true))))
                : null;
            KnownSettings.RefuseShorter(folder, checkpoint?.Step, plan.TotalSteps);
            var text = DataRecordFile.Write(record);
            var run = new RunDefinition(submission.RunId, folder.Path, RunOptionsWriter.ToYaml(options), description, checkpoint?.Step);
            if (checkpoint?.Step == plan.TotalSteps && SummaryFile.Read(folder.SummaryPath) is { } summary)
            {
                return new(run, right, summary);
            }

            if (known is null || known.Differences(record).Count > 0)
            {
                AtomicFile.WriteAllText(folder.DataRecordPath, text);
            }

            initial?.CopyTo(folder);
            changes.ForEach(change => tell(new RunNotice(change)));
            KnownSettings.Write(folder, options);
            if (
                checkpoint is not null
                && checkpoint.Manifest.Versions.TryGetValue("runtime", out var before)
                && before != RuntimeDescription.Line()
            )
            {
                tell(
                    new RunNotice(
                        $"This run was trained with another runtime ({before}); its numbers may differ in the last digits from here on.",
                        Warning: true
                    )
                );
            }

            if (layout[OwnerId.Backbone].Silo == owners.Silo)
            {
                owners.Remember(options, description.Record, opened);
            }

            return new(run, right);
        }
        catch
        {
            right.Dispose();
            throw;
        }
    }

    private bool Resumes(RunSubmission submission, RunFolder folder)
    {
        if (folder.HoldsRun && !submission.MayExist)
        {
            throw new UserErrorException(
                silo.InProcess
                    ? $"'{folder.Path}' holds a run already. Go on with it by --resume auto, or choose another folder with --out."
                    : $"The cluster has a run '{submission.RunId}' already. Go on with it by --resume auto, or choose another name with "
                        + "--run."
            );
        }

        return folder.HoldsRun || submission.Options.Length > 0
            ? folder.HoldsRun
            : throw new UserErrorException(
                $"The cluster has no run '{submission.RunId}'. Change --run, or say what to train: --preset or --config."
            );
    }

    // In a process of its own whoever asks is whoever runs it: any folder may be named, and data may be downloaded.
    private async Task<RunOptions> Settings(RunSubmission submission, RunFolder? existing, Action<string> changed, Action<RunUpdate> tell)
    {
        if (silo.InProcess)
        {
            var asked = Named(ResolvedOptions.Of(RunOptionsReader.Parse(submission.Options)));
            asked = existing is null ? asked : KnownSettings.GoOn(existing, asked, changed);
            if (data.Name is null)
            {
                await Task.Run(() => DataSetDownload.EnsureAsync(asked.Data, new DownloadNotices(tell)));
            }

            return asked;
        }

        if (submission.InitFrom is not null)
        {
            throw new UserErrorException("--init-from starts runs of one process from a folder or file there; leave it out in a cluster.");
        }

        if (existing is null)
        {
            return Named(await Resolve(Read(submission.Options, submission)));
        }

        var known = existing.ReadConfig();
        Compare(submission, known);
        return KnownSettings.GoOn(existing, Read(known, submission), changed);
    }

    private (DataDescription Description, RunPlan Plan) Describe(RunOptions options, DataRecord record)
    {
        var description = DataDescription.Of(record);
        return (description, new(options, description.ToShape(), models));
    }

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
                $"The cluster has a run '{submission.RunId}' with other settings; choose another --run, or go on with its own by --resume "
                    + $"{submission.RunId}\n  {string.Join("\n  ", differences)}"
            );
        }
    }

    private RunOptions Named(RunOptions options) =>
        data.Name is { } name ? options with { Data = options.Data with { Name = name } } : options;

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
            : throw new UserErrorException(
                $"Run '{submission.RunId}' keeps its device and its data.path in a cluster. Leave them out of --set."
            );
    }

    private async Task<RunOptions> Resolve(RunOptions options)
    {
        var overview = await grains.GetGrain<IClusterGrain>(GrainKeys.Cluster).Overview();
        var kinds = overview.Members.SelectMany(member => member.Devices).Select(device => device.Split(':')[0]).Distinct().ToList();
        var kind =
            options.Device == "auto"
                ? kinds.Contains("cuda")
                    ? "cuda"
                    : "cpu"
                : options.Device;
        if (!kinds.Contains(kind))
        {
            throw new UserErrorException(
                $"--device {options.Device} is not what this cluster has. Allowed: "
                    + $"auto{string.Concat(kinds.Order(StringComparer.Ordinal).Select(known => ", " + known))}."
            );
        }

        return ResolvedOptions.Of(
            options with
            {
                Data = options.Data with { Path = DataPath(options.Data.Path, options.Data.Name) },
            },
            [kind]
        );
    }

    private string? DataPath(string? asked, string name)
    {
        if (silo.DataFolder is not { } root)
        {
            return asked is null
                ? null
                : throw new UserErrorException(
                    $"data.path is '{asked}', but the cluster's silos have no data folder. Start them with one (./neurotrails silo --name "
                        + "a --data DIR), or leave data.path out."
                );
        }

        root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        var path = Path.GetFullPath(Path.Combine(root, asked ?? name));
        if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new UserErrorException(
                $"data.path is '{asked}', which is outside the cluster's data folder. Allowed: names of folders inside it, such as {name}."
            );
        }

        return Directory.Exists(path) ? path
            : asked is null ? null
            : throw new UserErrorException(
                $"The cluster's data folder holds no '{asked}'. It holds: "
                    + $"{string.Join(", ", Directory.EnumerateDirectories(root).Select(Path.GetFileName).Order(StringComparer.Ordinal))}."
            );
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex Name();
}
