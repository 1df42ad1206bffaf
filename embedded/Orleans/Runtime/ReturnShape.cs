namespace Orleans.Runtime;

/// <summary>What a grain method returns: Task, Task of T, ValueTask, ValueTask of T or nothing.</summary>
internal abstract class ReturnShape
{
    public abstract Type? ResultType { get; }

    public abstract Reply CreateReply();

    /// <summary>Waits for what the callee's method returned.</summary>
    public abstract ValueTask<object?> AwaitAsync(object? returned);

    public static ReturnShape? For(Type returnType)
    {
        if (returnType == typeof(void))
        {
            return new Plain(_ => null);
        }

        if (returnType == typeof(Task))
        {
            return new Plain(task => task);
        }

        if (returnType == typeof(ValueTask))
        {
            return new Plain(task => new ValueTask(task));
        }

        if (!returnType.IsGenericType)
        {
            return null;
        }

        var definition = returnType.GetGenericTypeDefinition();
        var shape = definition == typeof(Task<>) ? typeof(OfTask<>) : definition == typeof(ValueTask<>) ? typeof(OfValueTask<>) : null;
        return shape is null
            ? null
            : (ReturnShape)Activator.CreateInstance(shape.MakeGenericType(returnType.GetGenericArguments()))!;
    }

    private sealed class Plain(Func<Task<object?>, object?> asReturned) : ReturnShape
    {
        public override Type? ResultType => null;

        public override Reply CreateReply() => new Reply<object?>(asReturned);

        public override async ValueTask<object?> AwaitAsync(object? returned)
        {
            if (returned is ValueTask valueTask)
            {
                await valueTask;
            }
            else if (returned is Task task)
            {
                await task;
            }

            return null;
        }
    }

    private sealed class OfTask<T> : ReturnShape
    {
        public override Type ResultType => typeof(T);

        public override Reply CreateReply() => new Reply<T>(static task => task);

        public override async ValueTask<object?> AwaitAsync(object? returned) => await (Task<T>)returned!;
    }

    private sealed class OfValueTask<T> : ReturnShape
    {
        public override Type ResultType => typeof(T);

        public override Reply CreateReply() => new Reply<T>(static task => new ValueTask<T>(task));

        public override async ValueTask<object?> AwaitAsync(object? returned) => await (ValueTask<T>)returned!;
    }
}
