namespace NeuroTrails.Tests.Orleans;

[Alias("test.counter")]
public interface ICounterGrain : IGrainWithStringKey
{
    [Alias("add")]
    Task<int> Add(int amount);

    [Alias("value")]
    ValueTask<int> Value();

    [Alias("reset")]
    ValueTask Reset();

    [Alias("fail")]
    Task Fail(string message);

    [Alias("identity")]
    Task<string> Identity();

    [Alias("self")]
    Task<ICounterGrain> Self();

    [Alias("of")]
    Task<int> ValueOf(ICounterGrain other);
}

public sealed class CounterGrain : Grain, ICounterGrain
{
    private int _value;

    public Task<int> Add(int amount) => Task.FromResult(_value += amount);

    public ValueTask<int> Value() => ValueTask.FromResult(_value);

    public ValueTask Reset()
    {
        _value = 0;
        return default;
    }

    public async Task Fail(string message)
    {
        await Task.Yield();
        throw new InvalidTimeZoneException(message);
    }

    public Task<string> Identity() => Task.FromResult($"{this.GetPrimaryKeyString()}|{this.GetGrainId()}");

    public Task<ICounterGrain> Self() => Task.FromResult(this.AsReference<ICounterGrain>());

    public async Task<int> ValueOf(ICounterGrain other) => await other.Value();
}
