using System.Globalization;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Compare;

/// <summary>Every run of a comparison, planned before the first one begins.</summary>
internal sealed class ComparisonPlan
{
    private readonly CompareArguments _asked;
    private readonly RunPlanner _planner;
    private readonly Action<string> _say;
    private readonly List<string> _notes = [];
    private readonly List<string> _leftOut = [];
    private readonly Dictionary<(string Method, string Tuned), Candidate> _candidates = [];
    private readonly List<string> _methods = [];
    private Candidate _reference = null!;

    private ComparisonPlan(CompareArguments asked, RunPlanner planner, Action<string> say) =>
        (_asked, _planner, _say) = (asked, planner, say);

    // The record to begin with: everything waits.
    public Comparison Record { get; private set; } = null!;

    public static ComparisonPlan Make(CompareArguments asked, RunPlanner planner, Action<string> say)
    {
        var plan = new ComparisonPlan(asked, planner, say);
        plan.Make();
        return plan;
    }

    public Candidate Of(string method, IReadOnlyList<string> tuned) => _candidates[(method, Key(tuned))];

    public ComparedRun Final(Candidate candidate, long seed) =>
        Run(candidate, seed, ComparedRole.Final, FinalFolder(candidate.Method, seed), candidate.Settings);

    private static string FinalFolder(string method, long seed) =>
        string.Create(CultureInfo.InvariantCulture, $"runs/{method}/seed-{seed}");

    public IEnumerable<string> Words(ComparedRun run)
    {
        var common = _asked.Common;
        var folder = Path.GetRelativePath(Environment.CurrentDirectory, _asked.Out);
        return
        [
            .. Given("--preset", common.Preset),
            .. Given("--config", common.Config is null ? null : Path.Combine(folder, ComparisonFolder.Settings)),
            .. run.Settings.SelectMany(setting => new[] { "--set", setting }),
            .. Given("--set", run.Teacher is null ? null : $"ensemble.teacher={Path.Combine(folder, run.Teacher)}"),
            .. Given("--seed", run.Seed.ToString(CultureInfo.InvariantCulture)),
            .. Given("--data", common.Data),
            .. Given("--out", Path.Combine(folder, run.Folder)),
        ];

        static IEnumerable<string> Given(string option, string? value) => value is null ? [] : [option, value];
    }

    private void Make()
    {
        var combinations =
            _asked.Tune?.Combinations
            ??
            [
                [],
            ];
        var plain = _asked.Methods.Select(Plain).ToList();
        var possible = plain.OfType<Candidate>().ToList();
        if (_asked.Reference is { } named && plain[_asked.Methods.ToList().IndexOf(named)] is null)
        {
            throw new UserErrorException(Refusal($"--reference {named} is impossible."));
        }

        _reference = possible.FirstOrDefault(candidate => candidate.Method == _asked.Reference) ?? possible.FirstOrDefault()!;
        foreach (var candidate in possible)
        {
            _methods.Add(candidate.Method);
            if (!combinations.All(tuned => Fit(candidate.Method, tuned, combinations.Count == 1)))
            {
                _methods.Remove(candidate.Method);
            }
        }

        if (_leftOut.Count > 0 && (!_asked.SkipImpossible || _methods.Count == 0))
        {
            throw new UserErrorException(Refusal("Nothing was started."));
        }

        if (_asked.Tune is not null && _planner.DataOf(_reference.Plan.Options).Record.Validation is null)
        {
            throw new UserErrorException(
                "--tune selects on the validation split, and there is none here: data.validation is 0. Allowed: a data.validation above 0, "
                    + "such as --set data.validation=0.1. Change it, or leave --tune out."
            );
        }

        foreach (var line in _leftOut.Select(line => "left out: " + line).Concat(_notes))
        {
            _say(line);
        }

        Record = new()
        {
            Preset = _asked.Common.Preset,
            Config = _asked.Common.Config is { } file ? File.ReadAllText(file) : null,
            Budget = _asked.Budget,
            Reference = _reference.Method,
            Methods = _methods,
            Seeds = _asked.Seeds,
            Threads = _planner.Threads,
            Tune = _asked.Tune?.Settings,
            SelectedBy = _asked.Tune is null ? null : TuneSelection.By,
            LeftOut = _leftOut,
            BudgetNotes = _notes,
            Command = _asked.Command,
            Runs =
            [
                .. Trials(combinations),
                .. _asked.Seeds.SelectMany(seed => _methods.Select(method => Final(Of(method, combinations[0]), seed))),
            ],
        };
    }

    private IEnumerable<ComparedRun> Trials(IReadOnlyList<IReadOnlyList<string>> combinations) =>
        _asked.Tune is null
            ? []
            : _methods.SelectMany(method =>
                combinations.Select(
                    (tuned, index) =>
                        Run(
                            Of(method, tuned),
                            _asked.Seeds[0],
                            ComparedRole.Trial,
                            string.Create(CultureInfo.InvariantCulture, $"tuning/{method}/trial-{index + 1}"),
                            [.. Of(method, tuned).Settings, "evaluation.test=false"]
                        )
                )
            );

    private ComparedRun Run(Candidate candidate, long seed, ComparedRole role, string folder, IReadOnlyList<string> settings)
    {
        var run = new ComparedRun
        {
            Method = candidate.Method,
            Seed = seed,
            Role = role,
            Folder = folder,
            Settings = settings,
            Command = string.Empty,
            Steps = candidate.Plan.TotalSteps,
            State = ComparedState.Waiting,
            Teacher = candidate.Teacher is { } teacher ? FinalFolder(teacher.Method, seed) : null,
            ActiveParameters = candidate.Parameters,
            TrainingFlops = candidate.TrainingFlops,
        };
        return run with { Command = ShellText.Command("train", Words(run)) };
    }

    private Candidate? Plain(string method)
    {
        try
        {
            return _planner.Plan(method);
        }
        catch (UserErrorException fault)
        {
            _leftOut.Add($"{method}: {fault.Message}");
            return null;
        }
    }

    private bool Fit(string method, IReadOnlyList<string> tuned, bool tells)
    {
        try
        {
            var begin = _planner.Plan(method, tuned);
            var fitted = _asked.Budget switch
            {
                CompareArguments.Flops => FlopsBudget.Fit(
                    steps => _planner.Plan(method, [.. tuned, FlopsBudget.Assignment(steps)]),
                    begin,
                    _reference.TrainingFlops
                ),
                CompareArguments.Parameters => Widen(method, tuned, begin),
                _ => begin,
            };
            _candidates[(method, Key(tuned))] = fitted;
            if (fitted.Teacher is { } teacher && tells)
            {
                Note($"{method}: learns from the run of {teacher.Method} with the same seed");
            }

            if (_asked.Budget == CompareArguments.Flops && fitted != begin)
            {
                Note(
                    $"{Name(method, tuned)}: {Readable.Count(fitted.Plan.TotalSteps, "step")} instead of "
                        + $"{Readable.Count(begin.Plan.TotalSteps)}, {Readable.Large(fitted.TrainingFlops)}FLOP of training, "
                        + $"{Off(fitted.TrainingFlops, _reference.TrainingFlops)}"
                );
            }

            return true;
        }
        catch (UserErrorException fault)
        {
            _leftOut.Add($"{Name(method, tuned)}: {fault.Message}");
            return false;
        }
    }

    private Candidate Widen(string method, IReadOnlyList<string> tuned, Candidate begin)
    {
        if (begin.Parameters == _reference.Parameters)
        {
            return begin;
        }

        var (best, tried) = ParameterBudget.Fit(width => _planner.Plan(method, [.. tuned, width]), begin, _reference.Parameters);
        var isNear = Math.Abs(best.Parameters - _reference.Parameters) <= ParameterBudget.Tolerance * _reference.Parameters;
        Note(
            $"{Name(method, tuned)}: {string.Join(" → ", tried)}; taken: {Readable.Count(best.Parameters)} active parameters, "
                + $"{Off(best.Parameters, _reference.Parameters)}{(isNear ? string.Empty : ", which is the nearest that there is")}"
        );
        return best;
    }

    private void Note(string line) => _notes.Add($"budget {_asked.Budget}: {line}");

    private string Off(double value, double target)
    {
        var share = (value / target) - 1;
        return Math.Abs(share) < 0.00005
            ? $"as {_reference.Method}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Math.Abs(share) * 100:0.##} % {(share > 0 ? "above" : "below")} {_reference.Method}"
            );
    }

    private string Refusal(string end)
    {
        var impossible = _leftOut.Select(line => line.Split(':')[0].Split(' ')[0]).Distinct().ToList();
        var rest = _asked.Methods.Except(impossible).ToList();
        var way =
            rest.Count == 0
                ? "None of the methods is possible so"
                : $"Leave out what is impossible by --skip-impossible, or by --methods {string.Join(",", rest)}";
        return $"{Readable.Count(impossible.Count, "method is", "methods are")} impossible with these settings:\n  "
            + $"{string.Join("\n  ", _leftOut.Select(line => line.ReplaceLineEndings("\n    ")))}\n"
            + $"{way}; settings of one method are given by --set-for METHOD:PATH=VALUE. {end}";
    }

    private static string Name(string method, IReadOnlyList<string> tuned) =>
        tuned.Count == 0 ? method : $"{method} with {string.Join(", ", tuned)}";

    private static string Key(IReadOnlyList<string> tuned) => string.Join('\n', tuned);
}
