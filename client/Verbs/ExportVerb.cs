using System.CommandLine;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

internal sealed class ExportVerb : IVerb
{
    private readonly Option<string> _run = SharedOptions.Run();
    private readonly Option<string> _checkpoint = SharedOptions.Checkpoint();
    private readonly Option<string> _output = new("--output")
    {
        Description =
            "Where to write. A model in ONNX has the input samples [N,C,H,W] as they are stored, and the outputs mean [N,C], heads "
            + "[N,M,C], entropy [N] and mutual_information [N]",
        HelpName = "FILE.onnx|safetensors|npz",
        Required = true,
    };

    private readonly Option<string?> _format = new Option<string?>("--format")
    {
        Description =
            "onnx (operator set 17, float32), or the weights alone: safetensors or npz; left out: by the ending of --output, with which it "
            + "must not disagree",
        HelpName = "onnx|safetensors|npz",
    }.AcceptOnlyFromAmong([.. ExportRequest.Formats]);
    private readonly Option<bool> _masks = new("--masks")
    {
        Description = "Weights: writes the mask of each masked tensor, too, as mask/NAME",
    };
    private readonly Option<bool> _force = SharedOptions.Force();

    public string Name => "export";

    public IReadOnlyList<string> Examples { get; } =
    [
        "export --run runs/quickstart --output quickstart.onnx",
        "export --run runs/quickstart --checkpoint best --output best.safetensors --masks --force",
    ];

    public Command Build(ClientHost host)
    {
        return new Command(
            Name,
            "Writes the ensemble as one ONNX model (the backbone once, all heads, and how sure they are together), or its weights"
        )
        {
            _run,
            _output,
            _format,
            _masks,
            _checkpoint,
            _force,
        }.Reading(host, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, ClientHost host, CancellationToken stop)
    {
        var run = SharedOptions.ExistingRun(parsed.GetValue(_run), "--run");
        var output = Path.GetFullPath(parsed.GetValue(_output)!);
        var (format, masks) = (ExportRequest.FormatOf(parsed.GetValue(_output)!, parsed.GetValue(_format)), parsed.GetValue(_masks));
        if (masks && format == ExportFormat.Onnx)
        {
            throw new WrongUsageException("--masks goes with weights: --format safetensors or npz. Leave --masks out.");
        }

        var checkpoint = SharedOptions.ReadCheckpoint(parsed.GetValue(_checkpoint));
        var request = new ExportRequest(run, checkpoint, output, parsed.GetValue(_force), format, masks);
        var result = await host.Engine().ExportAsync(request, new Notices(host, new(parsed)), stop);
        var about =
            format != ExportFormat.Onnx ? $"weights under {(result.Published ? "the names of the published code" : "names of our own")}"
            : result.Normalises ? "the model takes samples as they are stored"
            : "the model takes samples as the run's own data source prepares them";
        host.Output.WriteLine(
            $"{Readable.Count(result.Heads, "head")}, checkpoint of step {Readable.Count(result.Step)}, {Readable.Count(result.Bytes)} "
                + $"bytes: {parsed.GetValue(_output)}; {about}"
        );
        return ExitCode.Success;
    }
}
