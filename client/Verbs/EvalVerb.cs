using System.CommandLine;
using System.Text;
using System.Text.Json;
using NeuroTrails.Checkpoints;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Metrics.OutOfDistribution;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

internal sealed class EvalVerb : IVerb
{
    private readonly Option<string> _run = SharedOptions.Run();
    private readonly Option<string> _checkpoint = SharedOptions.Checkpoint();
    private readonly Option<string?> _split = new("--split")
    {
        Description = "test, validation or train; default test, or the split of the run's results where there is no test split",
        HelpName = "SPLIT",
    };
    private readonly Option<string?> _json = new("--json")
    {
        Description = "Also writes the figures to this file; - prints them instead of the table",
        HelpName = "FILE",
    };
    private readonly Option<string?> _data = new("--data")
    {
        Description = "Where the data set lies, when not where the run found it",
        HelpName = "DIR",
    };
    private readonly Option<string?> _ood = new("--ood")
    {
        Description =
            "Samples that are not the data's, in a form that predict takes: how well the ensemble's uncertainty tells them from the split "
            + "(AUROC, AUPR, FPR95)",
        HelpName = "FILE|DIR",
    };
    private readonly Option<string> _calibration = new("--calibration")
    {
        Description =
            "validation fits a temperature and conformal sets on the validation split and measures them on the split; none does not, and "
            + "spares the pass over it",
        HelpName = "none|validation",
        DefaultValueFactory = _ => "validation",
    };
    private readonly Option<bool> _corruptions = new("--corruptions")
    {
        Description =
            "Also measures the split's images under 15 corruptions at 5 severities (75 passes over it); goes on where it was broken off",
    };
    private readonly Option<long?> _corruptionSeed = new("--corruption-seed")
    {
        Description = "Seed of the corruptions' noise; default 0",
        HelpName = "N",
    };
    private readonly Option<string?> _device = SharedOptions.Device();
    private readonly Option<bool> _force = SharedOptions.Force();

    public string Name => "eval";

    public IReadOnlyList<string> Examples { get; } =
    [
        "eval --run runs/quickstart",
        "eval --run runs/quickstart --ood other-images/",
        "eval --run runs/quickstart --corruptions",
        "eval --run runs/quickstart --checkpoint best --split validation --json best.json",
    ];

    public Command Build(ClientHost host)
    {
        _calibration.AcceptOnlyFromAmong("none", "validation");
        return new Command(Name, "Measures a run's checkpoint: accuracy, likelihood, calibration, and how the heads differ")
        {
            _run,
            _checkpoint,
            _split,
            _ood,
            _calibration,
            _corruptions,
            _corruptionSeed,
            _json,
            _data,
            _device,
            _force,
        }.Reading(host, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, ClientHost host, CancellationToken stop)
    {
        var request = new EvaluationRequest(
            SharedOptions.ExistingRun(parsed.GetValue(_run), "--run"),
            SharedOptions.ReadCheckpoint(parsed.GetValue(_checkpoint)),
            parsed.GetValue(_split),
            parsed.GetValue(_data) is { } data ? Path.GetFullPath(data) : null,
            parsed.GetValue(_device),
            Foreign(parsed.GetValue(_ood))
        )
        {
            Calibrates = parsed.GetValue(_calibration) == "validation",
            CorruptionSeed =
                parsed.GetValue(_corruptions) ? parsed.GetValue(_corruptionSeed) ?? 0
                : parsed.GetValue(_corruptionSeed) is null ? null
                : throw new WrongUsageException(
                    "--corruption-seed goes with --corruptions, which is not given. Add it, or leave the seed away."
                ),
        };
        var name = parsed.GetValue(_json);
        using var file = name is null or "-" ? null : OutputFile.Open(name, "--json", parsed.GetValue(_force));
        var result = await host.Engine().EvaluateAsync(request, new Notices(host, new(parsed)), stop);
        var json = JsonSerializer.Serialize(result, RunJson.Default.EvaluationResult);
        if (name == "-")
        {
            host.Output.WriteLine(json);
            return ExitCode.Success;
        }

        FiguresTable.Print(host, result);
        ConfusionText.Print(host, result);
        CalibrationText.Print(host, result);
        CorruptionText.Print(host, result);
        Foreign(host, result);
        host.Output.WriteLine(
            $"{Readable.Count(result.Samples ?? 0, "sample")} of the {result.Split} split, checkpoint of step "
                + $"{Readable.Count(result.Step)}; prediction by mean {result.Prediction}"
        );
        file?.Write(stream => stream.Write(Encoding.UTF8.GetBytes(json + "\n")), stop);
        return ExitCode.Success;
    }

    private static string? Foreign(string? path) =>
        path is null || Path.Exists(path)
            ? path is null
                ? null
                : Path.GetFullPath(path)
            : throw new UserErrorException($"--ood: there is no file or folder `{path}`.");

    private static void Foreign(ClientHost host, EvaluationResult result)
    {
        if (result.OutOfDistribution is not { Count: > 0 } reports)
        {
            return;
        }

        host.Output.WriteLine(
            $"{Readable.Count(reports[0].Foreign, "foreign sample")} told from the {result.Split} split (0.5 of AUROC is guessing):"
        );
        foreach (var report in reports)
        {
            var name = report.Criterion switch
            {
                OutOfDistributionCriterion.Msp => "highest probability",
                OutOfDistributionCriterion.Entropy => "entropy",
                _ => "mutual information",
            };
            host.Output.WriteLine(
                $"  by {name, -19} AUROC {Readable.Fine(report.Auroc)}, AUPR {Readable.Fine(report.Aupr)}, "
                    + $"FPR95 {Readable.Fine(report.Fpr95)}"
            );
        }
    }
}
