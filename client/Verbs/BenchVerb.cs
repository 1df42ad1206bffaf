using System.CommandLine;
using System.Text.Json;
using NeuroTrails.Client.Cli;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

/// <summary><c>bench step</c>: how long a step takes through the grains, beside one monolithic network; one line of JSON.</summary>
internal sealed class BenchVerb : IVerb
{
    private readonly Option<string> _model = new("--model") { Description = "The network, by the names of model.name", HelpName = "NAME", DefaultValueFactory = _ => "wrn-10-2" };
    private readonly Option<int> _heads = Count("--heads", "Heads M", 3, 1);
    private readonly Option<int> _blocks = Count("--blocks-in-head", "Blocks that each head has for itself", 2, 0);
    private readonly Option<double> _density = new("--density") { Description = "Share of the masked weights that is active, above 0, at most 1", HelpName = "SHARE", DefaultValueFactory = _ => 0.2 };
    private readonly Option<int> _batch = Count("--batch", "Samples a step", 128, 1);
    private readonly Option<int> _threads = Count("--threads", "CPU threads in all", Environment.ProcessorCount, 1);
    private readonly Option<int> _steps = Count("--steps", "Steps that are measured", 10, 1);
    private readonly Option<int> _warmup = Count("--warmup", "Steps before them that are not", 2, 0);
    private readonly Option<int> _size = Count("--image-size", "Image height and width, in pixels", 32, 1);
    private readonly Option<int> _classes = Count("--classes", "Classes", 10, 2);
    private readonly Option<string> _device = new("--device") { Description = "cpu or cuda:N", HelpName = "DEVICE", DefaultValueFactory = _ => "cpu" };
    private readonly Option<bool> _noMonolithic = new("--no-monolithic") { Description = "Leaves the monolithic network out" };

    /// <inheritdoc/>
    public string Name => "bench";

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples { get; } = ["bench step --model wrn-10-2 --heads 3 --blocks-in-head 2 --density 0.2 --batch 128 --threads 2 --steps 10 --warmup 2"];

    /// <inheritdoc/>
    public Command Build(ClientHost host)
    {
        _density.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, System.Globalization.CultureInfo.InvariantCulture, out var density) && !(density > 0 && density <= 1))
            {
                result.AddError($"--density: {result.Tokens[0].Value} is not allowed; allowed is a number above 0, at most 1");
            }
        });
        var step = new Command("step", "Measures training steps and predictions; prints one line of JSON")
        {
            _model, _heads, _blocks, _density, _batch, _threads, _steps, _warmup, _size, _classes, _device, _noMonolithic,
        };
        step.SetAction((parsed, stop) => Failures.GuardAsync(host, null, () => RunAsync(parsed, host, stop)));
        return new Command(Name, "Measures speed") { step };
    }

    private static Option<int> Count(string name, string description, int usual, int least)
    {
        var option = new Option<int>(name) { Description = $"{description}, at least {least}", HelpName = "N", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && long.TryParse(result.Tokens[0].Value, out var value) && value < least)
            {
                result.AddError($"{name}: {value} is not allowed; allowed is a whole number at least {least}");
            }
        });
        return option;
    }

    private async Task<int> RunAsync(ParseResult parsed, ClientHost host, CancellationToken stop)
    {
        var request = new StepBenchmarkRequest
        {
            Model = parsed.GetValue(_model)!,
            Heads = parsed.GetValue(_heads),
            BlocksInHead = parsed.GetValue(_blocks),
            Density = parsed.GetValue(_density),
            Batch = parsed.GetValue(_batch),
            Threads = parsed.GetValue(_threads),
            Steps = parsed.GetValue(_steps),
            Warmup = parsed.GetValue(_warmup),
            ImageSize = parsed.GetValue(_size),
            Classes = parsed.GetValue(_classes),
            Device = parsed.GetValue(_device)!,
            Monolithic = !parsed.GetValue(_noMonolithic),
        };
        var result = await host.Engine().BenchmarkStepAsync(request, stop);
        host.Output.WriteLine(JsonSerializer.Serialize(result, RunJsonLine.Default.StepBenchmarkResult));
        return ExitCode.Success;
    }
}
