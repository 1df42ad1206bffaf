namespace NeuroTrails.Grains;

/// <summary>Asks again while no answer comes: a call that is passed on to a silo just as that dies is lost, and nobody says so.</summary>
internal static class Insistence
{
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(15);

    /// <summary>Waits for an answer, and asks once more after 15, 45, 105, … seconds without one. However slow the work is, it is never given up here.</summary>
    /// <typeparam name="TReply">The answer.</typeparam>
    /// <param name="ask">A call that may be repeated: a second one changes nothing, and gets the first one's answer.</param>
    /// <param name="time">Clock.</param>
    public static async Task<TReply> Answer<TReply>(Func<Task<TReply>> ask, TimeProvider time)
    {
        var asked = new List<Task<TReply>>();
        for (var patience = FirstPatience; ; patience *= 2)
        {
            asked.Add(ask());
            var answered = Task.WhenAny(asked);
            await ((Task)answered.WaitAsync(patience, time)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (answered.IsCompleted)
            {
                return await await answered;
            }
        }
    }

    /// <summary>Waits until something is done, asking again like <see cref="Answer{TReply}(Func{Task{TReply}}, TimeProvider)"/>.</summary>
    /// <param name="ask">A call that may be repeated.</param>
    /// <param name="time">Clock.</param>
    public static Task Answer(Func<Task> ask, TimeProvider time) => Answer(
        async () =>
        {
            await ask();
            return true;
        },
        time);
}
