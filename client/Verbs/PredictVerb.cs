using System.CommandLine;
using System.Globalization;
using NeuroTrails.Checkpoints;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

internal sealed class PredictVerb : IVerb
{
    private readonly Option<string> _run = SharedOptions.Run();
    private readonly Option<string> _checkpoint = SharedOptions.Checkpoint();
    private readonly Option<string> _input = new("--input")
    {
        Description = "Samples: .npy or .npz (first dimension N), .csv or .tsv (each also with .gz), an image, or a folder of images",
        HelpName = "FILE|DIR",
        Required = true,
    };
    private readonly Option<string> _output = new("--output")
    {
        Description =
            "Where to write mean [N,C], heads [N,M,C], entropy [N] and mutual_information [N]: .npz or .json; .csv without the heads; "
            + ".npy the mean only",
        HelpName = "FILE.npz|json|csv|npy",
        Required = true,
    };

    private readonly Option<double?> _scale = new("--scale")
    {
        Description = "What the values of the file are divided by, when not by what the run's data are",
        HelpName = "X",
    };
    private readonly Option<string?> _device = SharedOptions.Device();
    private readonly Option<bool> _force = SharedOptions.Force();

    public string Name => "predict";

    public IReadOnlyList<string> Examples { get; } =
    [
        "predict --run runs/quickstart --input images.npy --output predictions.npz",
        "predict --run runs/quickstart --input images.npy --output predictions.csv --force",
    ];

    public Command Build(ClientHost host)
    {
        return new Command(Name, "Predicts with every head, and says how sure the ensemble is")
        {
            _run,
            _input,
            _output,
            _checkpoint,
            _scale,
            _device,
            _force,
        }.Reading(host, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, ClientHost host, CancellationToken stop)
    {
        var run = SharedOptions.ExistingRun(parsed.GetValue(_run), "--run");
        var input = Path.GetFullPath(parsed.GetValue(_input)!);
        var output = Path.GetFullPath(parsed.GetValue(_output)!);
        if (!Path.Exists(input))
        {
            throw new UserErrorException($"--input: there is no file or folder `{parsed.GetValue(_input)}`.");
        }

        PredictionRequest.FormatOf(output);
        var force = parsed.GetValue(_force);
        OutputFile.Open(output, "--output", force, input).Dispose();
        var request = new PredictionRequest(
            run,
            SharedOptions.ReadCheckpoint(parsed.GetValue(_checkpoint)),
            input,
            output,
            parsed.GetValue(_device),
            force,
            ReadScale(parsed.GetValue(_scale))
        );
        var result = await host.Engine().PredictAsync(request, new Notices(host, new(parsed)), stop);
        host.Output.WriteLine(
            $"{Readable.Count(result.Samples, "sample")}, {Readable.Count(result.Classes, "class", "classes")}, "
                + $"{Readable.Count(result.Heads, result.Member, Readable.Plural(result.Member))}, "
                + $"checkpoint of step {Readable.Count(result.Step)}: {parsed.GetValue(_output)}"
        );
        return ExitCode.Success;
    }

    private static double? ReadScale(double? scale) =>
        scale is null or (> 0 and < double.PositiveInfinity)
            ? scale
            : throw new UserErrorException(
                string.Create(CultureInfo.InvariantCulture, $"--scale: {scale} is not possible; allowed: a number above 0.")
            );
}
