using System.CommandLine;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

/// <summary><c>export</c>: the ensemble as a model that other programs run.</summary>
internal sealed class ExportVerb : IVerb
{
    private readonly Option<string> _run = SharedOptions.Run();
    private readonly Option<string> _checkpoint = SharedOptions.Checkpoint();
    private readonly Option<string> _output = new("--output")
    {
        Description =
            "Where to write the model. Input: samples [N,C,H,W] as they are stored; outputs: mean [N,C], heads [N,M,C], entropy [N], "
            + "mutual_information [N]",
        HelpName = "MODEL.onnx",
        Required = true,
    };

    private readonly Option<string> _format = new Option<string>("--format")
    {
        Description = "onnx (operator set 17, float32)",
        HelpName = "onnx",
        DefaultValueFactory = _ => "onnx",
    }.AcceptOnlyFromAmong("onnx");
    private readonly Option<bool> _force = SharedOptions.Force();

    /// <inheritdoc/>
    public string Name => "export";

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples { get; } =
    [
        "export --run runs/quickstart --output quickstart.onnx",
        "export --run runs/quickstart --checkpoint best --format onnx --output best.onnx --force",
    ];

    /// <inheritdoc/>
    public Command Build(ClientHost host)
    {
        var command = new Command(
            Name,
            "Writes the ensemble as one ONNX model: the backbone once, all heads, and how sure they are together"
        )
        {
            _run,
            _output,
            _format,
            _checkpoint,
            _force,
        };
        command.SetAction((parsed, stop) => Failures.GuardReadingAsync(host, parsed, () => RunAsync(parsed, host, stop)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, ClientHost host, CancellationToken stop)
    {
        var run = SharedOptions.ExistingRun(parsed.GetValue(_run), "--run");
        var output = Path.GetFullPath(parsed.GetValue(_output)!);
        var request = new ExportRequest(run, SharedOptions.ReadCheckpoint(parsed.GetValue(_checkpoint)), output, parsed.GetValue(_force));
        var result = await host.Engine().ExportAsync(request, new Notices(host, new(parsed)), stop);
        var takes = result.Normalises ? "takes samples as they are stored" : "takes samples as the run's own data source prepares them";
        host.Output.WriteLine(
            $"{Humanly.Count(result.Heads, "head")}, checkpoint of step {Humanly.Count(result.Step)}, {Humanly.Count(result.Bytes)} "
                + $"bytes: {parsed.GetValue(_output)}; the model {takes}"
        );
        return ExitCode.Success;
    }
}
