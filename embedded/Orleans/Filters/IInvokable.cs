using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>The method and the arguments of a call.</summary>
public interface IInvokable
{
    object? GetTarget();

    int GetArgumentCount();

    object? GetArgument(int index);

    void SetArgument(int index, object value);

    string GetMethodName();

    string GetInterfaceName();

    string GetActivityName();

    MethodInfo GetMethod();

    Type GetInterfaceType();

    TimeSpan? GetDefaultResponseTimeout() => default;

    CancellationToken GetCancellationToken() => default;

    bool IsCancellable => false;
}
