using NeuroTrails.Grains;

namespace NeuroTrails.Tests.Engine;

public sealed class HedgedCallsTests
{
    private readonly List<TaskCompletionSource<int>> _calls = [];
    private readonly HurriedTime _time = new();

    [Fact]
    public async Task A_call_that_is_not_answered_is_made_again_until_one_is()
    {
        var answer = HedgedCalls.Ask(Ask, _time);
        await Calls(3);
        _calls[^1].SetResult(7);
        Assert.Equal(7, await answer);
        Assert.Equal([15, 30], _time.Waits.Where(wait => wait > TimeSpan.Zero).Take(2).Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task The_answer_of_an_earlier_call_counts_as_well()
    {
        var answer = HedgedCalls.Ask(Ask, _time);
        await Calls(2);
        _calls[0].SetResult(5);
        Assert.Equal(5, await answer);
    }

    [Fact]
    public async Task An_answer_in_time_is_asked_for_once()
    {
        var answer = HedgedCalls.Ask(Ask, TimeProvider.System);
        _calls[0].SetResult(3);
        Assert.Equal(3, await answer);
        Assert.Single(_calls);
    }

    [Fact]
    public async Task What_goes_wrong_is_told_a_time_out_of_the_call_itself_too()
    {
        var answer = HedgedCalls.Ask(Ask, _time);
        _calls[0].SetException(new TimeoutException("the call's own"));
        Assert.Equal("the call's own", (await Assert.ThrowsAsync<TimeoutException>(() => answer)).Message);
        answer = HedgedCalls.Ask(Ask, _time);
        _calls[1].SetException(new InvalidOperationException("x"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => answer);
    }

    private Task<int> Ask()
    {
        var call = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Add(call);
        return call.Task;
    }

    private async Task Calls(int count)
    {
        while (_calls.Count < count)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
