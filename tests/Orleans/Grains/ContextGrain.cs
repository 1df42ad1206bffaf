using Orleans.Concurrency;

namespace NeuroTrails.Tests.Orleans;

[Alias("test.context")]
public interface IContextGrain : IGrainWithStringKey
{
    [Alias("color")]
    Task<string?> Color();

    [Alias("colorBeyond")]
    Task<string?> ColorBeyond(string next);

    [Alias("paint")]
    Task Paint(string color);

    [Alias("double")]
    Task<int> Double(int value);

    [OneWay]
    [Alias("forget")]
    Task WriteAndForget(string entry);
}

public sealed class ContextGrain(Journal journal) : Grain, IContextGrain
{
    public Task<string?> Color() => Task.FromResult(RequestContext.Get("color") as string);

    public async Task<string?> ColorBeyond(string next)
    {
        await Task.Yield();
        return await GrainFactory.GetGrain<IContextGrain>(next).Color();
    }

    public Task Paint(string color)
    {
        RequestContext.Set("color", color);
        return Task.CompletedTask;
    }

    public Task<int> Double(int value) => Task.FromResult(2 * value);

    public async Task WriteAndForget(string entry)
    {
        await journal.Until(this.GetPrimaryKeyString(), "go");
        journal.Write(this.GetPrimaryKeyString(), entry);
        throw new InvalidOperationException("nobody listens");
    }
}
