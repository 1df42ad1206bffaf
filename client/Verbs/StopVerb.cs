using System.CommandLine;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;

namespace NeuroTrails.Client.Verbs;

/// <summary><c>stop</c>: asks a run of a cluster for a checkpoint and an orderly end.</summary>
internal sealed class StopVerb : IVerb
{
    private readonly Argument<string> _run = new("RUN") { Description = "Name of the run" };
    private readonly ClusterOptions _cluster = new();

    /// <inheritdoc/>
    public string Name => "stop";

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples { get; } = ["stop long --cluster 127.0.0.1:30000"];

    /// <inheritdoc/>
    public Command Build(ClientHost host)
    {
        var command = new Command(Name, "Asks a run of a cluster for a checkpoint and an orderly end") { _run };
        _cluster.AddTo(command);
        command.SetAction((parsed, stop) => Failures.GuardReadingAsync(host, parsed, () => RunAsync(parsed, host, stop)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, ClientHost host, CancellationToken stop)
    {
        var run = parsed.GetValue(_run)!;
        var snapshot = await host.Cluster().StopAsync(_cluster.Read(parsed, host), run, stop);
        host.Output.WriteLine($"{run}: {ClusterRun.Phase(snapshot.Phase)} {Readable.At(snapshot.Step)}");
        return ExitCode.Success;
    }
}
