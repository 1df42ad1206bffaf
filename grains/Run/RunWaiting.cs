using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary>What a run waits for: told once to those who watch, and while it lasts to whoever asks.</summary>
/// <param name="updates">Those who watch.</param>
/// <param name="time">Clock.</param>
internal sealed class RunWaiting(UpdateLog updates, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>What is missing now; null where nothing is.</summary>
    public string? For { get; private set; }

    /// <summary>Tries again and again, however long it takes.</summary>
    /// <param name="attempt">Answers what is missing, or null where it went well.</param>
    /// <param name="begun">Called when the first attempt did not go well.</param>
    /// <param name="giveUp">Ends the waiting.</param>
    /// <returns>Whether it had to wait.</returns>
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
