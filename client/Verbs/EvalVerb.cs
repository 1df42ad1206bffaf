using System.CommandLine;
using System.Text;
using System.Text.Json;
using NeuroTrails.Checkpoints;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

/// <summary><c>eval</c>: measures a checkpoint of a run.</summary>
internal sealed class EvalVerb : IVerb
{
    private readonly Option<string> _run = SharedOptions.Run();
    private readonly Option<string> _checkpoint = SharedOptions.Checkpoint();
    private readonly Option<string?> _split = new("--split") { Description = "test, validation or train; default test, or the split of the run's results where there is no test split", HelpName = "SPLIT" };
    private readonly Option<string?> _json = new("--json") { Description = "Also writes the figures to this file; - prints them instead of the table", HelpName = "FILE" };
    private readonly Option<string?> _data = new("--data") { Description = "Where the data set lies, when not where the run found it", HelpName = "DIR" };
    private readonly Option<string?> _device = SharedOptions.Device();
    private readonly Option<bool> _force = SharedOptions.Force();

    /// <inheritdoc/>
    public string Name => "eval";

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples { get; } =
    [
        "eval --run runs/quickstart",
        "eval --run runs/quickstart --checkpoint best --split validation --json best.json",
    ];

    /// <inheritdoc/>
    public Command Build(ClientHost host)
    {
        var command = new Command(Name, "Measures a run's checkpoint: accuracy, likelihood, calibration, and how the heads differ") { _run, _checkpoint, _split, _json, _data, _device, _force };
        command.SetAction((parsed, stop) => Failures.GuardReadingAsync(host, parsed, () => RunAsync(parsed, host, stop)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, ClientHost host, CancellationToken stop)
    {
        var request = new EvaluationRequest(
            SharedOptions.ExistingRun(parsed.GetValue(_run), "--run"),
            SharedOptions.ReadCheckpoint(parsed.GetValue(_checkpoint)),
            parsed.GetValue(_split),
            parsed.GetValue(_data) is { } data ? Path.GetFullPath(data) : null,
            parsed.GetValue(_device));
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
        host.Output.WriteLine($"{Humanly.Count(result.Samples ?? 0, "sample")} of the {result.Split} split, checkpoint of step {Humanly.Count(result.Step)}; prediction by mean {result.Prediction}");
        file?.Write(stream => stream.Write(Encoding.UTF8.GetBytes(json + "\n")), stop);
        return ExitCode.Success;
    }
}
