using System.CommandLine;
using System.Text.Json;
using NeuroTrails.Client.Cli;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

internal sealed class BenchStep
{
    private readonly Option<string> _model = new("--model")
    {
        Description = "The network, by the names of model.name",
        HelpName = "NAME",
        DefaultValueFactory = _ => "wrn-10-2",
    };
    private readonly Option<int> _heads = BenchOptions.Count("--heads", "Heads M", 3, 1);
    private readonly Option<int> _blocks = BenchOptions.Count("--blocks-in-head", "Blocks that each head has for itself", 2, 0);
    private readonly Option<double> _density = BenchOptions.Density();
    private readonly Option<int> _batch = BenchOptions.Count("--batch", "Samples a step", 128, 1);
    private readonly Option<int> _threads = BenchOptions.Count("--threads", "CPU threads in all", Environment.ProcessorCount, 1);
    private readonly Option<int> _headThreads = BenchOptions.Count(
        "--head-threads",
        "CPU threads of each head; 0 chooses them, as a run does",
        0,
        0
    );
    private readonly Option<int> _steps = BenchOptions.Count("--steps", "Steps that are measured", 10, 1);
    private readonly Option<int> _warmup = BenchOptions.Count("--warmup", "Steps before them that are not", 2, 0);
    private readonly Option<int> _size = BenchOptions.Count(
        "--image-size",
        "Image height and width, in pixels; of a llama the tokens of a window",
        32,
        1
    );
    private readonly Option<int> _classes = BenchOptions.Count("--classes", "Classes; of a llama the tokens of its vocabulary", 10, 2);
    private readonly Option<string> _device = BenchOptions.Device();
    private readonly Option<bool> _noMonolithic = new("--no-monolithic") { Description = "Leaves the monolithic network out" };

    public Command Build(ClientHost host)
    {
        return new Command("step", "Measures training steps and predictions; prints one line of JSON")
        {
            _model,
            _heads,
            _blocks,
            _density,
            _batch,
            _threads,
            _headThreads,
            _steps,
            _warmup,
            _size,
            _classes,
            _device,
            _noMonolithic,
        }.Reading(host, RunAsync);
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
            HeadThreads = parsed.GetValue(_headThreads),
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
