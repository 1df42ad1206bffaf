using System.CommandLine;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Client.Report;
using NeuroTrails.Methods;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

internal sealed class TrainVerb : IVerb
{
    private readonly Option<string?> _preset = SharedOptions.Preset();
    private readonly Option<string?> _config = SharedOptions.Config();
    private readonly Option<string[]> _set = new("--set")
    {
        Description = "One setting, over all others; may be repeated: --set topology.density=0.1",
        HelpName = "PATH=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string?> _data = new("--data") { Description = "Folder of the data set (data.path)", HelpName = "DIR" };
    private readonly Option<string?> _out = new("--out")
    {
        Description = "Run folder to write; default runs/NAME-1, -2, …",
        HelpName = "DIR",
    };
    private readonly Option<string?> _seed = new("--seed") { Description = "Seed of everything random (seed)", HelpName = "N" };
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
    private readonly Option<string?> _share = new("--share")
    {
        Description = "What travels between a cluster's silos (execution.share)",
        HelpName = "activations|gradients|auto",
    };
    private readonly Option<string?> _resume = new("--resume")
    {
        Description = "Goes on with a run by its own settings; auto: with the one in --out where there is one, else starts",
        HelpName = "RUN|auto",
    };
    private readonly Option<string?> _initFrom = new("--init-from")
    {
        Description =
            "Starts from the last weights of another run, from those of one of its checkpoints, or from a file as export writes it: "
            + ".safetensors or .npz (fine-tuning)",
        HelpName = "RUN|CHECKPOINT|FILE",
    };
    private readonly Option<bool> _allowChangedData = new("--allow-changed-data")
    {
        Description = "Goes on with a run although its data have changed since it was started",
    };
    private readonly ClusterOptions _cluster = new();
    private readonly Option<string?> _run = new("--run")
    {
        Description = "In a cluster: name of the run; default the preset's",
        HelpName = "NAME",
    };
    private readonly Option<string[]> _place = new("--place")
    {
        Description = "In a cluster: an owner's silo and device; may be repeated: --place head0=a/cuda:0",
        HelpName = "OWNER=SILO[/DEVICE]",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _rebalance = new("--rebalance")
    {
        Description = "In a cluster: whether owners move when silos join",
        HelpName = "auto|off",
        DefaultValueFactory = _ => "auto",
    };
    private readonly Option<bool> _tensorboard = new("--tensorboard")
    {
        Description = "Also writes event files for TensorBoard, in tensorboard/ in the run folder (telemetry.tensorboard)",
    };
    private readonly Option<bool> _report = SharedOptions.Report("run");
    private readonly Option<string?> _telemetry = SharedOptions.Telemetry();
    private readonly WebOptions _web = new();

    public string Name => "train";

    public IReadOnlyList<string> Examples { get; } =
    [
        "train --preset quickstart --out runs/quickstart",
        "train --preset fashion-mnist --data ../data/fashion-mnist --epochs 2 --out runs/f",
        "train --config my.yaml --set ensemble.heads=5 --set topology.density=0.1 --seed 7",
        "train --preset quickstart --init-from weights.safetensors --out runs/q",
        "train --preset quickstart --web 8123",
        "train --preset quickstart --report",
        "train --resume runs/quickstart",
        "train --preset cifar10 --out runs/c --resume auto",
        "train --preset cifar10 --cluster 127.0.0.1:30000 --run c --place backbone=a",
    ];

    public Command Build(ClientHost host)
    {
        var command = new Command(Name, "Trains an ensemble, or goes on with a run; all settings are in docs/configuration.md")
        {
            _preset,
            _config,
            _set,
            _data,
            _out,
            _seed,
            _device,
            _epochs,
            _steps,
            _resume,
            _initFrom,
            _allowChangedData,
            _telemetry,
            _tensorboard,
            _report,
            _run,
            _place,
            _rebalance,
            _share,
        };
        foreach (var option in _web.All)
        {
            command.Add(option);
        }

        _cluster.AddTo(command);
        _set.AllowMultipleArgumentsPerToken = false;
        _rebalance.AcceptOnlyFromAmong("auto", "off");
        command.SetAction(
            (parsed, _) =>
                Failures.GuardAsync(
                    host,
                    parsed,
                    () =>
                    {
                        // Without --cluster a run stays in this process, whatever the environment says, unless an option that only a
                        // cluster understands says otherwise.
                        var meant =
                            new Option[] { _run, _place, _rebalance }.FirstOrDefault(option =>
                                parsed.GetResult(option) is { Implicit: false }
                            ) ?? _cluster.Stray(parsed);
                        return _cluster.TryRead(parsed, host, orVariable: meant is not null) is { } cluster
                                ? SubmitAsync(parsed, cluster, host)
                            : meant is null ? RunAsync(parsed, host)
                            : throw new WrongUsageException(
                                $"{meant.Name} is for runs in a cluster; say which one by --cluster or {ClusterOptions.Variable}, or "
                                    + $"leave {meant.Name} out."
                            );
                    }
                )
        );
        return command;
    }

    private Task<int> RunAsync(ParseResult parsed, ClientHost host)
    {
        var request = TrainPlan.Make(Read(parsed)) with { Web = _web.Read(parsed, host) };
        foreach (var set in parsed.GetValue(_set) ?? [])
        {
            if (MethodSettings.Idle(EnsembleMethods.Of(request.Options.Ensemble.Method), set) is { } idle)
            {
                host.Error.WriteLine($"warning: {idle}.");
            }
        }

        var report = parsed.GetValue(_report) ? new ReportMaker(host, new Notices(host, new(parsed))) : null;
        return Failures.GuardAsync(host, parsed, () => TrainAsync(request, report, host), request.RunFolder);
    }

    private static async Task<int> TrainAsync(TrainRequest request, ReportMaker? report, ClientHost host)
    {
        var shown = Path.GetRelativePath(Environment.CurrentDirectory, request.RunFolder);
        TrainResult result;
        // Lines of telemetry would tear a picture apart.
        await using (
            var display =
                host.Live && request.ConsoleTelemetry == ConsoleTelemetry.None
                    ? (IRunDisplay)new LiveDisplay(host)
                    : new PlainDisplay(host, TimeSpan.FromSeconds(5))
        )
        {
            result = await host.Engine().TrainAsync(request, display, host.Interrupted);
        }

        if (result.Outcome == TrainOutcome.Interrupted)
        {
            host.Output.WriteLine(
                $"interrupted {Readable.At(result.Step)} of {Readable.Count(result.TotalSteps)}; go on with: {ShellText.Resume(shown)}"
            );
            return ExitCode.Interrupted;
        }

        if (result.Outcome == TrainOutcome.AlreadyFinished)
        {
            host.Output.WriteLine(
                $"{shown} is finished: {Readable.Count(result.TotalSteps, "step")} {(result.TotalSteps == 1 ? "was" : "were")} done "
                    + "before. Nothing was changed."
            );
        }

        if (result.Summary is not null)
        {
            SummaryText.Print(host, result.Summary);
        }

        if (report is not null)
        {
            await report.WriteAsync(shown, host.Interrupted);
        }

        host.Output.WriteLine($"run folder: {ShellText.Quote(shown)}");
        return ExitCode.Success;
    }

    private Task<int> SubmitAsync(ParseResult parsed, ClusterAddress cluster, ClientHost host)
    {
        if (_web.All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } page)
        {
            throw new WrongUsageException(
                $"{page.Name} is for runs in this process; in a cluster the silos have the page (silo --web). Leave {page.Name} out."
            );
        }

        if (parsed.GetValue(_report))
        {
            throw new WrongUsageException(
                $"{_report.Name} is for runs in this process; of a cluster's run the verb report makes one, from its folder. Leave "
                    + $"{_report.Name} out."
            );
        }

        var submission = ClusterPlan.Make(
            Read(parsed),
            parsed.GetValue(_run),
            parsed.GetValue(_place) ?? [],
            parsed.GetValue(_rebalance) == "auto"
        );
        return ClusterRun.FollowAsync(
            host,
            submission.RunId,
            _cluster.AsTyped(parsed),
            (display, leave) => host.Cluster().TrainAsync(cluster, submission, display, leave)
        );
    }

    private TrainArguments Read(ParseResult parsed) =>
        new()
        {
            Preset = parsed.GetValue(_preset),
            Config = parsed.GetValue(_config),
            Set = [.. parsed.GetValue(_set) ?? [], .. parsed.GetValue(_tensorboard) ? new[] { "telemetry.tensorboard=true" } : []],
            Data = parsed.GetValue(_data),
            Out = parsed.GetValue(_out),
            Seed = parsed.GetValue(_seed),
            Device = parsed.GetValue(_device),
            Epochs = parsed.GetValue(_epochs),
            Steps = parsed.GetValue(_steps),
            Share = parsed.GetValue(_share),
            Resume = parsed.GetValue(_resume),
            InitFrom = parsed.GetValue(_initFrom),
            AllowChangedData = parsed.GetValue(_allowChangedData),
            ConsoleTelemetry = SharedOptions.ReadTelemetry(parsed.GetValue(_telemetry)),
        };
}
