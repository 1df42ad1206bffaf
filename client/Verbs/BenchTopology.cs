using System.CommandLine;
using System.Text.Json;
using NeuroTrails.Client.Cli;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

internal sealed class BenchTopology
{
    private readonly Option<int> _parameters = BenchOptions.Count("--parameters", "Masked weights in all", 36_000_000, 1);
    private readonly Option<double> _density = BenchOptions.Density();
    private readonly Option<int> _threads = BenchOptions.Count("--threads", "CPU threads", Environment.ProcessorCount, 1);
    private readonly Option<int> _repeats = BenchOptions.Count("--repeats", "Updates to time; the shortest counts", 3, 1);
    private readonly Option<string> _device = BenchOptions.Device();

    public Command Build(ClientHost host)
    {
        return new Command("topology", "Measures one topology update of a whole network; prints one line of JSON")
        {
            _parameters,
            _density,
            _threads,
            _repeats,
            _device,
        }.Reading(host, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, ClientHost host, CancellationToken stop)
    {
        var request = new TopologyBenchmarkRequest
        {
            Parameters = parsed.GetValue(_parameters),
            Density = parsed.GetValue(_density),
            Threads = parsed.GetValue(_threads),
            Repeats = parsed.GetValue(_repeats),
            Device = parsed.GetValue(_device)!,
        };
        var result = await host.Engine().BenchmarkTopologyAsync(request, stop);
        host.Output.WriteLine(JsonSerializer.Serialize(result, RunJsonLine.Default.TopologyBenchmarkResult));
        return ExitCode.Success;
    }
}
