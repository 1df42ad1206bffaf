using NeuroTrails.Contracts;

namespace NeuroTrails.Tests.Engine;

/// <summary>Holds calls to heads up for random times, so that their replies come in random order.</summary>
internal sealed class ShuffledReplies(int seed) : IIncomingGrainCallFilter
{
    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();

    public List<int> Order { get; } = [];

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.Grain is IHeadGrain head && context.MethodName == nameof(IHeadGrain.Backward))
        {
            await Task.Delay(Next());
            lock (_gate)
            {
                Order.Add(GrainKeys.HeadIndex(head.GetPrimaryKeyString()));
            }
        }
    }

    private int Next()
    {
        lock (_gate)
        {
            return _random.Next(12);
        }
    }
}
