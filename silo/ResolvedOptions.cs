using NeuroTrails.Configuration;
using NeuroTrails.Execution;

namespace NeuroTrails.Silo;

/// <summary>Replaces what options leave to the machine by what this machine has, so that a resumed run does the same elsewhere.</summary>
internal static class ResolvedOptions
{
    // Options without auto, without 0 threads, with absolute paths.
    public static RunOptions Of(RunOptions options)
    {
        var resolved = Of(options, TorchDevices.Resolve(options.Device));

        // Nothing travels inside a process.
        return resolved.Execution.Share == Sharing.Auto
            ? resolved with
            {
                Execution = resolved.Execution with { Share = Sharing.Activations },
            }
            : resolved;
    }

    // The same, where the devices are already known, as those of a cluster are.
    internal static RunOptions Of(RunOptions options, IReadOnlyList<string> devices)
    {
        if (options.Training.Precision == Precision.Bfloat16 && devices.Contains("cpu"))
        {
            throw new UserErrorException(
                $"training.precision is bfloat16, which needs CUDA devices (seen: {string.Join(",", devices)}). Allowed on a CPU: "
                    + "float32, float64. Change training.precision, or --device."
            );
        }

        var execution = options.Execution;
        var threads = execution.BackboneThreads == 0 ? Environment.ProcessorCount : execution.BackboneThreads;
        var headThreads = execution.HeadThreads == 0 ? HeadConcurrency.Threads(threads, options.Ensemble.Heads) : execution.HeadThreads;
        return options with
        {
            Device = string.Join(",", devices),
            Data = options.Data with { Path = options.Data.Path is { } path ? Path.GetFullPath(path) : null },
            Execution = execution with
            {
                BackboneThreads = threads,
                HeadThreads = headThreads,
                ParallelHeads =
                    execution.ParallelHeads == 0
                        ? HeadConcurrency.Places(threads, options.Ensemble.Heads, headThreads)
                        : execution.ParallelHeads,
            },
        };
    }
}
