using System.Globalization;
using NeuroTrails.Running;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace NeuroTrails.Silo;

/// <summary>
/// Calls of clients. Each has a deadline of seconds and is asked again where no answer comes: the silo that had it may be dead, and its
/// grain alive elsewhere soon. Whoever waits hears what for after three seconds.
/// </summary>
internal sealed class GrainCalls(IProgress<RunUpdate>? updates, TimeProvider time)
{
    // While a coordinator is brought to life elsewhere nobody answers for it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TellAfter = TimeSpan.FromSeconds(3);

    public async Task<TReply> Ask<TReply>(Func<Task<TReply>> ask, string what, CancellationToken stop)
    {
        var (began, told) = (time.GetTimestamp(), false);
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddTimeout(Patience)
            .AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = new PredicateBuilder()
                        .Handle<TimeoutException>()
                        .Handle<OrleansException>()
                        .Handle<EnumerationAbortedException>(),
                    MaxRetryAttempts = int.MaxValue,
                    Delay = Pause,
                    OnRetry = _ =>
                    {
                        if (!told && time.GetElapsedTime(began) > TellAfter)
                        {
                            told = true;
                            updates?.Report(
                                new RunNotice(
                                    string.Create(
                                        CultureInfo.InvariantCulture,
                                        $"waiting for {what}: nobody has answered for {time.GetElapsedTime(began).TotalSeconds:0} s"
                                    ),
                                    Warning: true
                                )
                            );
                        }

                        return default;
                    },
                }
            )
            .Build();
        try
        {
            return await pipeline.ExecuteAsync(async token => await ask().WaitAsync(token), stop);
        }
        catch (TimeoutRejectedException fault)
        {
            throw new UserErrorException(
                $"Nobody in the cluster has answered for {Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s, while waiting "
                    + $"for {what}. Look with silos, and try again.",
                fault
            );
        }
    }
}
