using System.CommandLine;
using NeuroTrails.Client.Cli;

namespace NeuroTrails.Client.Verbs;

internal sealed class AttachVerb : IVerb
{
    private readonly Argument<string> _run = new("RUN") { Description = "Name of the run" };
    private readonly ClusterOptions _cluster = new();

    public string Name => "attach";

    public IReadOnlyList<string> Examples { get; } = ["attach long --cluster 127.0.0.1:30000"];

    public Command Build(ClientHost host)
    {
        var command = new Command(Name, "Follows a run of a cluster; Ctrl-C leaves it, and it goes on") { _run };
        _cluster.AddTo(command);
        command.SetAction(
            (parsed, _) =>
                Failures.GuardAsync(
                    host,
                    parsed,
                    () =>
                    {
                        var (run, cluster) = (parsed.GetValue(_run)!, _cluster.Read(parsed, host));
                        return ClusterRun.FollowAsync(
                            host,
                            run,
                            _cluster.AsTyped(parsed),
                            (display, leave) => host.Cluster().AttachAsync(cluster, run, display, leave)
                        );
                    }
                )
        );
        return command;
    }
}
