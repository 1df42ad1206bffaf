namespace Orleans.Runtime;

/// <summary>Grain methods that return an asynchronous sequence: every step is a turn of the grain, between the turns of its calls.</summary>
internal abstract class GrainEnumeration
{
    public static GrainEnumeration? For(Type returnType)
        => returnType.IsGenericType && returnType.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)
            ? (GrainEnumeration)Activator.CreateInstance(typeof(Of<>).MakeGenericType(returnType.GetGenericArguments()))!
            : null;

    public abstract object Open(Silo silo, GrainReference reference, GrainMethod method, object?[] arguments);

    private sealed class Of<T> : GrainEnumeration
    {
        public override object Open(Silo silo, GrainReference reference, GrainMethod method, object?[] arguments)
            => new Sequence<T>(silo, reference.GrainId, method, method.CopyArguments(arguments));
    }

    private sealed class Sequence<T>(Silo silo, GrainId grainId, GrainMethod method, object?[] arguments) : IAsyncEnumerable<T>
    {
        public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        {
            Activation? owner = null;
            using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var enumerator = await Step(activation =>
            {
                owner = activation;
                var sequence = (IAsyncEnumerable<T>)method.Invoke(activation.GrainInstance!, arguments)!;
                return Task.FromResult(sequence.GetAsyncEnumerator(source.Token));
            });
            try
            {
                while (true)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var (more, item) = await Step(async activation =>
                    {
                        if (!ReferenceEquals(activation, owner))
                        {
                            throw new EnumerationAbortedException("The grain was deactivated while its sequence was read.");
                        }

                        return await enumerator.MoveNextAsync()
                            ? (true, (T)DeepCopier.Copy(enumerator.Current)!)
                            : (false, default(T)!);
                    });
                    if (!more)
                    {
                        yield break;
                    }

                    yield return item;
                }
            }
            finally
            {
                await source.CancelAsync();
                await Step(async _ =>
                {
                    await enumerator.DisposeAsync();
                    return true;
                });
            }
        }

        private Task<TResult> Step<TResult>(Func<Activation, Task<TResult>> run)
        {
            var step = new EnumerationStep<TResult>(run);
            silo.Catalog.Deliver(grainId, step);
            return step.Result;
        }
    }

    private sealed class EnumerationStep<TResult>(Func<Activation, Task<TResult>> run) : Work
    {
        private readonly Dictionary<string, object>? _requestContext = RequestContext.Current;
        private readonly TaskCompletionSource<TResult> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<TResult> Result => _source.Task;

        public override bool AlwaysInterleave => true;

        public override async Task RunAsync(Activation activation)
        {
            RequestContext.Current = _requestContext;
            try
            {
                _source.TrySetResult(await run(activation));
            }
#pragma warning disable CA1031 // Whatever the grain throws is the reader's to see.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _source.TrySetException(exception);
            }
        }

        public override void Reject(Exception reason) => _source.TrySetException(reason);
    }
}
