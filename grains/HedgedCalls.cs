using Polly;

namespace NeuroTrails.Grains;

/// <summary>Calls that are repeated while no answer comes: one that is passed on to a silo just as
/// that dies is lost, and nobody says so.</summary>
internal static class HedgedCalls
{
    private const double FirstDelaySeconds = 15;

    // The most that Polly allows. The last of them is made after four hours.
    private const int MostRepeats = 10;

    // Waits for the first answer, and calls once more after 15, 45, 105, … seconds without one. However slow the work is, it is never given
    // up here; a fault is an answer.
    public static async Task<TReply> Ask<TReply>(Func<Task<TReply>> ask, TimeProvider time)
    {
        var pipeline = new ResiliencePipelineBuilder<TReply> { TimeProvider = time }
            .AddHedging(
                new()
                {
                    MaxHedgedAttempts = MostRepeats,
                    // The number is 1 where one call has been made.
                    DelayGenerator = attempt => new(TimeSpan.FromSeconds(FirstDelaySeconds * Math.Pow(2, attempt.AttemptNumber - 1))),
                    ShouldHandle = _ => PredicateResult.False(),
                }
            )
            .Build();
        // Polly ends only when every call has: one that was lost never would, and so each is left alone as soon as another is answered.
        // A grain's calls are made on its own scheduler, the repeated ones too.
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true);
        try
        {
            return await pipeline.ExecuteAsync(async attempt => await ask().WaitAsync(attempt.CancellationToken), context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public static Task Ask(Func<Task> ask, TimeProvider time) =>
        Ask(
            async () =>
            {
                await ask();
                return true;
            },
            time
        );
}
