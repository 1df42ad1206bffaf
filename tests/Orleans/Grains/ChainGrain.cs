namespace NeuroTrails.Tests.Orleans;

[Alias("test.chain")]
public interface IChainGrain : IGrainWithIntegerKey
{
    /// <summary>Calls the next grain, and that one calls back.</summary>
    [Alias("start")]
    Task<string> Start(long next, bool allowReentrancy);

    [Alias("callBack")]
    Task<string> CallBack(long to);

    [Alias("name")]
    Task<string> Name();
}

public sealed class ChainGrain : Grain, IChainGrain
{
    public async Task<string> Start(long next, bool allowReentrancy)
    {
        using var section = allowReentrancy
            ? RequestContext.AllowCallChainReentrancy()
            : RequestContext.SuppressCallChainReentrancy();
        return await GrainFactory.GetGrain<IChainGrain>(next).CallBack(this.GetPrimaryKeyLong());
    }

    public async Task<string> CallBack(long to) => await GrainFactory.GetGrain<IChainGrain>(to).Name();

    public Task<string> Name() => Task.FromResult($"{this.GetPrimaryKeyLong()}");
}
