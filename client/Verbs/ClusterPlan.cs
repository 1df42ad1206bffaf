using NeuroTrails.Client.Cli;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;

namespace NeuroTrails.Client.Verbs;

/// <summary>Decides what a <c>train --cluster</c> command line submits.</summary>
internal static class ClusterPlan
{
    public static RunSubmission Make(TrainArguments typed, string? run, IReadOnlyList<string> places, bool rebalance)
    {
        if (typed.InitFrom is not null)
        {
            throw new WrongUsageException(
                "--init-from starts runs of one process from a folder or file here; leave out --cluster, or --init-from."
            );
        }

        if (typed.Out is not null)
        {
            throw new WrongUsageException(
                "--out names a folder here; a cluster keeps its runs in the silos' runs folder. Name the run with --run."
            );
        }

        if (typed.Resume is { } resumed && resumed != "auto")
        {
            var ignored = TrainPlan
                .Given(typed)
                .Concat(
                    new[] { ("--data", typed.Data), ("--device", typed.Device), ("--run", run) }
                        .Where(option => option.Item2 is not null)
                        .Select(option => option.Item1)
                )
                .ToList();
            return ignored.Count == 0
                ? new(resumed, string.Empty, true, [.. places], rebalance, typed.AllowChangedData, TrainPlan.Changes(typed))
                : throw new WrongUsageException(
                    $"--resume {resumed} goes on with the run's own settings; leave out {string.Join(", ", ignored)}. What may change is "
                        + "given by --epochs, --steps or --set. (--resume auto with --run starts a run where there is none.)"
                );
        }

        var name =
            run ?? typed.Preset ?? throw new WrongUsageException("Name the run with --run NAME: its folder in the cluster's runs folder.");
        var options = TrainPlan
            .Reader(typed)
            .AddOption("device", typed.Device, "--device")
            .AddOption("data.path", typed.Data, "--data")
            .Read();
        return new(name, RunOptionsWriter.ToYaml(options), typed.Resume == "auto", [.. places], rebalance, typed.AllowChangedData);
    }
}
