using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary>What a run waits for: told once to those who watch, and while it lasts to whoever asks.</summary>
internal sealed class RunWaiting(UpdateLog updates, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // What is missing now; null where nothing is.
    public string? For { get; private set; }

    // Whether it had to wait. An attempt answers what is missing, null where it went well; `begun` is called when the first did not.
    public async Task<bool> Until(Func<Task<string?>> attempt, Func<Task> begun, CancellationToken giveUp)
    {
        if (await attempt() is not { } missing)
        {
            return false;
        }

        updates.Add(new RunNotice($"The run waits, and goes on by itself. {missing}", Warning: true));
        try
        {
            For = missing;
            await begun().WaitAsync(giveUp);
            do
            {
                await Task.Delay(Pause, time, giveUp);
                For = await attempt();
            } while (For is not null);
            return true;
        }
        finally
        {
            For = null;
        }
    }
}
