using System.CommandLine;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Compare;
using NeuroTrails.Client.Display;
using NeuroTrails.Client.Report;
using NeuroTrails.Files;
using NeuroTrails.Methods;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

/// <summary><c>compare</c>: trains several methods with several seeds, under an equal budget.</summary>
internal sealed class CompareVerb : IVerb
{
    private const int MostJobs = 1024;
    private static readonly string Known = string.Join(", ", EnsembleMethods.All.Select(method => method.Name));
    private readonly Option<string> _methods = new("--methods")
    {
        Description = $"What is compared, separated by commas, or all: {Known}",
        HelpName = "NAME,NAME,…",
        Required = true,
    };
    private readonly Option<string?> _preset = SharedOptions.Preset();
    private readonly Option<string?> _config = SharedOptions.Config();
    private readonly Option<string[]> _set = new("--set")
    {
        Description = "One setting of all methods, but those that decide it themselves; may be repeated: --set training.batch=64",
        HelpName = "PATH=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string[]> _setFor = new("--set-for")
    {
        Description = "One setting of one method, over --set; may be repeated: --set-for mc_dropout:model.dropout=0.1",
        HelpName = "METHOD:PATH=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _seeds = new("--seeds")
    {
        Description = "Seeds, a run of each method with each: 1..5, or 1,3,7",
        HelpName = "SEEDS",
        DefaultValueFactory = _ => "1..3",
    };
    private readonly Option<string> _budget = new("--budget")
    {
        Description =
            "What is equal for all methods: epochs as the settings say; FLOPs of the training, by its steps; or active parameters, by the "
            + "width of the network",
        HelpName = "epochs|flops|parameters",
        DefaultValueFactory = _ => CompareArguments.Epochs,
    };
    private readonly Option<string?> _reference = new("--reference")
    {
        Description = "The method whose FLOPs or parameters the others are given; default the first one",
        HelpName = "METHOD",
    };
    private readonly Option<string[]> _tune = new("--tune")
    {
        Description =
            "Values of a setting to try, alike for each method, on the validation split; may be repeated for all combinations: "
            + "--tune learning_rate=0.05,0.1,0.2",
        HelpName = "NAME=VALUE,…",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _out = new("--out")
    {
        Description = "Folder of the comparison; one that was begun there is gone on with",
        HelpName = "DIR",
        Required = true,
    };
    private readonly Option<string?> _data = new("--data") { Description = "Folder of the data set (data.path)", HelpName = "DIR" };
    private readonly Option<string?> _device = SharedOptions.Device();
    private readonly Option<string?> _epochs = new("--epochs")
    {
        Description = "Passes over the training split (training.epochs)",
        HelpName = "N",
    };
    private readonly Option<string?> _steps = new("--steps")
    {
        Description = "Optimiser steps instead of epochs (training.steps)",
        HelpName = "N",
    };
    private readonly Option<int?> _jobs = new("--jobs")
    {
        Description = "Runs at once; default as many as keep all cores busy, or one on each CUDA device",
        HelpName = "N",
    };
    private readonly Option<bool> _skip = new("--skip-impossible")
    {
        Description = "Leaves out methods that are impossible with these settings, instead of refusing them all",
    };
    private readonly Option<bool> _report = SharedOptions.Report("comparison");

    /// <inheritdoc/>
    public string Name => "compare";

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples { get; } =
    [
        "compare --methods neurotrails,single --preset quickstart --seeds 1..3 --out comparisons/q",
        "compare --methods all --skip-impossible --preset quickstart --budget flops --out comparisons/f",
        "compare --methods single,ensemble --preset quickstart --tune learning_rate=0.05,0.1,0.2 --out comparisons/t",
    ];

    /// <inheritdoc/>
    public Command Build(ClientHost host)
    {
        var command = new Command(
            Name,
            "Trains methods with several seeds under an equal budget and compares them; goes on where it was stopped; see docs/comparing.md"
        )
        {
            _methods,
            _preset,
            _config,
            _set,
            _setFor,
            _seeds,
            _budget,
            _reference,
            _tune,
            _out,
            _data,
            _device,
            _epochs,
            _steps,
            _jobs,
            _skip,
            _report,
        };
        _budget.AcceptOnlyFromAmong(CompareArguments.Epochs, CompareArguments.Flops, CompareArguments.Parameters);
        foreach (var many in new[] { _set, _setFor, _tune })
        {
            many.AllowMultipleArgumentsPerToken = false;
        }

        command.SetAction((parsed, _) => Failures.GuardAsync(host, parsed, () => RunAsync(parsed, host)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, ClientHost host)
    {
        var asked = Read(parsed, host);
        var known = ComparisonFolder.Look(asked);
        var planner = new RunPlanner(asked, known?.Threads);
        await planner.DownloadAsync(host.Output.WriteLine);
        var plan = ComparisonPlan.Make(asked, planner, host.Output.WriteLine);
        var slots = ComparisonSlots.Of(asked.Common.Device ?? planner.Device, asked.Jobs, planner.Threads);
        if (known is not null)
        {
            ComparisonFolder.RefuseOther(known, plan.Record, asked.Out);
        }

        using var right = ComparisonFolder.Hold(asked, host.Time);
        if (plan.Record.Config is { } settings)
        {
            AtomicFile.WriteAllText(Path.Combine(asked.Out, ComparisonFolder.Settings), settings);
        }

        foreach (var line in planner.Lines(plan.Record.Methods))
        {
            host.Output.WriteLine(line);
        }

        var (trials, finals) = (
            plan.Record.Runs.Count(run => run.Role == ComparedRole.Trial),
            plan.Record.Runs.Count(run => run.Role == ComparedRole.Final)
        );
        host.Output.WriteLine(
            $"{(trials == 0 ? string.Empty : $"{Readable.Count(trials, "trial")} and ")}{Readable.Count(finals, "run")} of "
                + $"{Readable.Count(plan.Record.Methods.Count, "method")} with {Readable.Count(asked.Seeds.Count, "seed")}: "
                + $"{Readable.Count(slots.Count)} at a time on {string.Join(",", slots.Distinct())}, "
                + $"{Readable.Count(planner.Threads, "thread")} each"
        );
        var record = await new ComparisonRunner(plan, asked.Out, slots, host).RunAsync(host.Interrupted);
        var code = ComparisonEnd.Tell(record, asked.Out, host);
        if (
            parsed.GetValue(_report)
            && code != ExitCode.Interrupted
            && record.Runs.Any(run => run is { Role: ComparedRole.Final, State: ComparedState.Finished })
        )
        {
            var shown = Path.GetRelativePath(Environment.CurrentDirectory, asked.Out);
            await new ReportMaker(host, new Notices(host, new(parsed))).WriteAsync(shown, host.Interrupted);
        }

        return code;
    }

    private CompareArguments Read(ParseResult parsed, ClientHost host)
    {
        var methods = CompareArguments.ReadMethods(parsed.GetValue(_methods)!);
        if (parsed.GetValue(_reference) is { } reference && !methods.Contains(reference))
        {
            throw new UserErrorException($"--reference: `{reference}` is not compared; allowed here: {string.Join(", ", methods)}.");
        }

        if (parsed.GetValue(_jobs) is not (null or (>= 1 and <= MostJobs)))
        {
            throw new UserErrorException($"--jobs: `{parsed.GetValue(_jobs)}` is not possible; allowed: 1 to {Readable.Count(MostJobs)}.");
        }

        return new()
        {
            Common = new()
            {
                Preset = parsed.GetValue(_preset),
                Config = parsed.GetValue(_config),
                Set = parsed.GetValue(_set) ?? [],
                Data = parsed.GetValue(_data),
                Device = parsed.GetValue(_device),
                Epochs = parsed.GetValue(_epochs),
                Steps = parsed.GetValue(_steps),
            },
            Methods = methods,
            Seeds = SeedList.Parse(parsed.GetValue(_seeds)!),
            Budget = parsed.GetValue(_budget)!,
            Reference = parsed.GetValue(_reference),
            Own = CompareArguments.ReadOwn(parsed.GetValue(_setFor) ?? [], methods),
            Tune = TuneGrid.Parse(parsed.GetValue(_tune) ?? [], host.Output.WriteLine),
            Out = Path.GetFullPath(parsed.GetValue(_out)!),
            Jobs = parsed.GetValue(_jobs),
            SkipImpossible = parsed.GetValue(_skip),
            Command = ShellText.Command(Name, parsed.Tokens.Skip(1).Select(token => token.Value)),
        };
    }
}
