using NeuroTrails.Contracts;

namespace NeuroTrails.Grains;

/// <summary>How long an answer is waited for. It may be lost, and what hands tensors on cannot be asked again.</summary>
internal sealed class StepDeadline(RunBook book, TimeProvider time)
{
    private const int LeastSeconds = 30;
    private double _slowest;

    public void Saw(TimeSpan took) => _slowest = Math.Max(_slowest, took.TotalSeconds);

    // Waits for 20 times what so many steps usually take, but at least half a minute. Before anything is known of a run's steps, only the
    // call's own time-out counts.
    public async Task<TReply> InTime<TReply>(Task<TReply> call, long step, double steps, string what)
    {
        var usual = Math.Max(_slowest, book.MeanStepSeconds(step));
        var limit = usual > 0 ? TimeSpan.FromSeconds(Math.Max(LeastSeconds, 20 * usual * steps)) : Timeout.InfiniteTimeSpan;
        await ((Task)call.WaitAsync(limit, time)).WithoutThrowing();
        return call.IsCompleted ? await call : throw new OwnerLostException($"{what} has had no answer for {limit.TotalSeconds:0} s");
    }
}
