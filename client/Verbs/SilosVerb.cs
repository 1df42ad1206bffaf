using System.CommandLine;
using System.Globalization;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using Spectre.Console;

namespace NeuroTrails.Client.Verbs;

internal sealed class SilosVerb : IVerb
{
    private readonly ClusterOptions _cluster = new();

    public string Name => "silos";

    public IReadOnlyList<string> Examples { get; } = ["silos --cluster 127.0.0.1:30000"];

    public Command Build(ClientHost host)
    {
        var command = new Command(Name, "Lists the silos of a cluster, their devices and the owners that live on them");
        _cluster.AddTo(command);
        return command.Reading(host, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, ClientHost host, CancellationToken stop)
    {
        var overview = await host.Cluster().OverviewAsync(_cluster.Read(parsed, host), stop);
        var table = new Table().Border(TableBorder.Ascii).AddColumns("silo", "devices", "cores", "free memory", "owners");
        foreach (var member in overview.Members)
        {
            table.AddRow(
                Markup.Escape(
                    member.Name
                        + (member.Draining ? " (leaving)" : string.Empty)
                        + (member.RedisSilentSeconds is > 10 and var silent ? $" (no Redis for {silent:0} s)" : string.Empty)
                ),
                Markup.Escape(
                    string.Join(
                        ", ",
                        member.Devices.Select(
                            (device, index) => member.DeviceFreeMib?[index] is { } free ? $"{device} ({Readable.Count(free)} MiB)" : device
                        )
                    )
                ),
                member.Cores.ToString(CultureInfo.InvariantCulture),
                $"{Readable.Count(member.FreeMemoryMib)} MiB",
                Markup.Escape(string.Join(", ", member.Owners))
            );
        }

        host.Console().Write(table);
        host.Output.WriteLine($"runs under way: {(overview.Runs.Length == 0 ? "none" : string.Join(", ", overview.Runs))}");
        return ExitCode.Success;
    }
}
