using System.CommandLine;
using System.Text.Json;
using NeuroTrails.Client.Cli;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

internal sealed class BenchWire
{
    private readonly ClusterOptions _cluster = new();
    private readonly Option<string> _from = new("--from")
    {
        Description = "Silo that sends",
        HelpName = "SILO",
        Required = true,
    };
    private readonly Option<string> _to = new("--to")
    {
        Description = "Silo that receives",
        HelpName = "SILO",
        Required = true,
    };
    private readonly Option<int> _mib = BenchOptions.Count("--mib", "Size of the tensor, in MiB", 16, 1, WireBenchmarkRequest.MostMib);
    private readonly Option<int> _rounds = BenchOptions.Count(
        "--rounds",
        "Times that it is sent; the median counts",
        20,
        1,
        WireBenchmarkRequest.MostRounds
    );

    public Command Build(ClientHost host)
    {
        var command = new Command("wire", "Measures how fast tensors travel between two silos; prints one line of JSON")
        {
            _from,
            _to,
            _mib,
            _rounds,
        };
        _cluster.AddTo(command);
        return command.Reading(host, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, ClientHost host, CancellationToken stop)
    {
        var request = new WireBenchmarkRequest
        {
            From = parsed.GetValue(_from)!,
            To = parsed.GetValue(_to)!,
            Mib = parsed.GetValue(_mib),
            Rounds = parsed.GetValue(_rounds),
        };
        var result = await host.Cluster().BenchmarkWireAsync(_cluster.Read(parsed, host), request, stop);
        host.Output.WriteLine(JsonSerializer.Serialize(result, RunJsonLine.Default.WireBenchmarkResult));
        return ExitCode.Success;
    }
}
