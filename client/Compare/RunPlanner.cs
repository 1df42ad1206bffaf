using System.Globalization;
using NeuroTrails.Client.Verbs;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Data;
using NeuroTrails.Methods;
using NeuroTrails.Models;
using NeuroTrails.Silo;
using NeuroTrails.Training;

namespace NeuroTrails.Client.Compare;

/// <summary>Plans runs as <c>train</c> would begin them, and begins none.</summary>
internal sealed class RunPlanner
{
    // What compare decides by options of its own.
    private static readonly Dictionary<string, string> Decided = new()
    {
        ["ensemble.method"] = "--methods",
        ["seed"] = "--seeds",
        ["device"] = "--device",
        ["evaluation.test"] = "nothing: final runs are measured on the test split, trials never",
    };

    private readonly CompareArguments _asked;
    private readonly RunOptions _base;
    private readonly string[] _common;
    private readonly ModelCatalogue _models = new();
    private readonly Dictionary<string, (DataRecord Record, IReadOnlyList<string> Notices)> _data = new(StringComparer.Ordinal);

    public RunPlanner(CompareArguments asked, int? threads)
    {
        _asked = asked;
        _common = TrainPlan.Changes(asked.Common);
        foreach (var (assignment, option) in _common.Select(text => (text, "--set")).Concat(OwnAssignments()))
        {
            if (Decided.TryGetValue(assignment.Split('=', 2)[0].Trim(), out var instead))
            {
                throw new UserErrorException($"{option}: `{assignment}` cannot be given here: it is decided by {instead}. Leave it out.");
            }
        }

        _base = Read(_common);
        var given = _base.Execution.BackboneThreads;
        Threads = given > 0 ? given : threads ?? Math.Max(1, Environment.ProcessorCount / (asked.Methods.Count * asked.Seeds.Count));

        IEnumerable<(string, string)> OwnAssignments() =>
            asked.Own.SelectMany(method => method.Value.Select(assignment => (assignment, "--set-for")));
    }

    // Threads of each owner: as many as keep all cores busy, or what the settings say.
    public int Threads { get; }

    public string Device => _base.Device;

    public IEnumerable<string> Lines(IEnumerable<string> methods) =>
        [
            .. _data.Values.Take(1).SelectMany(data => DataHeader.Of(data.Record).Concat(data.Notices)),
            .. methods.Select(method => MethodSettings.Notice(EnsembleMethods.Of(method))).OfType<string>(),
        ];

    public Task DownloadAsync(Action<string> say) =>
        DataSetDownload.EnsureAsync(
            _base.Data,
            new DownloadNotices(update =>
            {
                if (update is Running.RunNotice notice)
                {
                    say(notice.Message);
                }
            })
        );

    public Candidate Plan(string method, params IEnumerable<string> further)
    {
        var execution = _base.Execution;
        var settings = Candidate.Lay([
            .. _common,
            $"ensemble.method={method}",
            .. MethodSettings.Assignments(EnsembleMethods.Of(method), _base),
            Whole("execution.backbone_threads", Threads),
            Whole("execution.head_threads", execution.HeadThreads > 0 ? execution.HeadThreads : Threads),
            .. _asked.Own[method],
            .. further,
        ]);
        var options = ResolvedOptions.Of(Read(settings));
        var shape = DataDescription.Of(DataOf(options).Record).ToShape();
        ProcessMemory.RefuseTooLarge(options, shape, _models);
        var candidate = new Candidate(method, settings, new(options, shape, _models));

        // A method that learns from a trained run finds only here that there is none.
        candidate = candidate with
        {
            Teacher = TeacherOf(candidate),
        };
        return candidate.TrainingFlops > 0 ? candidate : throw new UserErrorException($"Method {method} trains nothing here.");
    }

    // The first ensemble that is compared, where no run was named.
    private Candidate? TeacherOf(Candidate student) =>
        student.Plan.Method.LearnsFromRun && student.Plan.Options.Ensemble.Teacher is null
            ? _asked
                .Methods.Where(method => !EnsembleMethods.Of(method).LearnsFromRun)
                .Select(method => Possible(method))
                .FirstOrDefault(candidate => candidate?.Plan.Members > 1)
            : null;

    private Candidate? Possible(string method)
    {
        try
        {
            return Plan(method);
        }
        catch (UserErrorException)
        {
            // Told where it is planned for itself.
            return null;
        }
    }

    public (DataRecord Record, IReadOnlyList<string> Notices) DataOf(RunOptions options)
    {
        var key = string.Join('\n', RunOptionsWriter.Flatten(options).Where(IsOfData));
        if (!_data.TryGetValue(key, out var known))
        {
            var (_, record, notices) = RunDataRecord.Open(new CatalogueDataSource(), options, null);
            _data[key] = known = (record, notices);
        }

        return known;

        static bool IsOfData(KeyValuePair<string, string> setting) => setting.Key.StartsWith("data.", StringComparison.Ordinal);
    }

    private RunOptions Read(IEnumerable<string> assignments)
    {
        var typed = _asked.Common with { Set = [.. assignments], Epochs = null, Steps = null, Seed = Text(_asked.Seeds[0]) };
        return TrainPlan.Reader(typed).AddOption("device", typed.Device, "--device").AddOption("data.path", typed.Data, "--data").Read();
    }

    private static string Whole(string path, int value) => $"{path}={Text(value)}";

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
