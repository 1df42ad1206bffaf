using System.Runtime.CompilerServices;

namespace NeuroTrails.Grains;

internal static class GrainTasks
{
    // Waits until a task has ended, however it ends, and goes on on the grain's scheduler.
    public static ConfiguredTaskAwaitable WithoutThrowing(this Task task) =>
        task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
}
