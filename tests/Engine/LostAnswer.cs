namespace NeuroTrails.Tests.Engine;

/// <summary>Lets one call go out and be done, and never lets its answer in.</summary>
internal sealed class LostAnswer : IOutgoingGrainCallFilter
{
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Name of the method whose next answer is lost.</summary>
    public string? Next { get; set; }

    public Task Lost => _lost.Task;

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        await context.Invoke();
        if (context.MethodName == Next && _lost.TrySetResult())
        {
            await new TaskCompletionSource().Task;
        }
    }
}
