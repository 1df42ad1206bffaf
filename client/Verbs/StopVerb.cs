using System.CommandLine;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;

namespace NeuroTrails.Client.Verbs;

internal sealed class StopVerb : IVerb
{
    private readonly Argument<string> _run = new("RUN") { Description = "Name of the run" };
    private readonly ClusterOptions _cluster = new();

    public string Name => "stop";

    public IReadOnlyList<string> Examples { get; } = ["stop long --cluster 127.0.0.1:30000"];

    public Command Build(ClientHost host)
    {
        var command = new Command(Name, "Asks a run of a cluster for a checkpoint and an orderly end") { _run };
        _cluster.AddTo(command);
        return command.Reading(host, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, ClientHost host, CancellationToken stop)
    {
        var run = parsed.GetValue(_run)!;
        var snapshot = await host.Cluster().StopAsync(_cluster.Read(parsed, host), run, stop);
        host.Output.WriteLine($"{run}: {ClusterRun.Phase(snapshot.Phase)} {Readable.At(snapshot.Step)}");
        return ExitCode.Success;
    }
}
