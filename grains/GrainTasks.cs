using System.Runtime.CompilerServices;

namespace NeuroTrails.Grains;

/// <summary>Waiting in grains.</summary>
internal static class GrainTasks
{
    /// <summary>Waits until a task has ended, however it ends, and goes on on the grain's scheduler.</summary>
    /// <param name="task">The task.</param>
    public static ConfiguredTaskAwaitable WithoutThrowing(this Task task) =>
        task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
}
