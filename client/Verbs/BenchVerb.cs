using System.CommandLine;
using NeuroTrails.Client.Cli;

namespace NeuroTrails.Client.Verbs;

internal sealed class BenchVerb : IVerb
{
    public string Name => "bench";

    public IReadOnlyList<string> Examples { get; } =
    [
        "bench step --model wrn-10-2 --heads 3 --blocks-in-head 2 --density 0.2 --batch 128 --threads 2 --steps 10 --warmup 2",
        "bench topology --parameters 36000000 --threads 2",
        "bench wire --cluster 127.0.0.1:30000 --from a --to b --mib 16",
    ];

    public Command Build(ClientHost host) =>
        new(Name, "Measures speed") { new BenchStep().Build(host), new BenchTopology().Build(host), new BenchWire().Build(host) };
}
