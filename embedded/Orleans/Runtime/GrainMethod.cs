using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.Runtime;

/// <summary>All that a call needs to know about an interface method; made once per method.</summary>
internal sealed class GrainMethod
{
    private static readonly ConcurrentDictionary<MethodInfo, GrainMethod> Cache = new();
    private static readonly ConcurrentDictionary<Type, GrainInterfaceType> Names = new();
    private readonly bool[] _argumentsAreShared;
    private readonly bool _resultIsShared;

    private GrainMethod(MethodInfo method)
    {
        Method = method;
        var parameters = method.GetParameters();
        AlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        ReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        OneWay = method.ReturnType == typeof(void) || method.IsDefined(typeof(OneWayAttribute));
        ResponseTimeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        TokenIndex = Array.FindIndex(parameters, p => p.ParameterType == typeof(CancellationToken));
        Enumeration = GrainEnumeration.For(method.ReturnType);
        Shape = ReturnShape.For(Enumeration is null ? method.ReturnType : typeof(Task))
                ?? throw new InvalidOperationException(
                    $"{method.DeclaringType}.{method.Name} returns {method.ReturnType}: grain methods return Task, ValueTask, "
                    + "IAsyncEnumerable or void.");
        _argumentsAreShared = Array.ConvertAll(
            parameters, p => p.IsDefined(typeof(ImmutableAttribute)) || DeepCopier.IsShared(p.ParameterType));
        // A mark on the result alone is ignored by the package as well.
        _resultIsShared = Shape.ResultType is null || DeepCopier.IsShared(Shape.ResultType);
        Invoke = Compile(method, parameters);
    }

    public MethodInfo Method { get; }

    public bool AlwaysInterleave { get; }

    public bool ReadOnly { get; }

    public bool OneWay { get; }

    public TimeSpan? ResponseTimeout { get; }

    /// <summary>Which argument is the cancellation token; −1: none.</summary>
    public int TokenIndex { get; }

    public ReturnShape Shape { get; }

    /// <summary>Set where the method returns an asynchronous sequence.</summary>
    public GrainEnumeration? Enumeration { get; }

    public Func<object, object?[], object?> Invoke { get; }

    public static GrainMethod Of(MethodInfo method) => Cache.GetOrAdd(method, static m => new GrainMethod(m));

    public static GrainInterfaceType NameOf(Type interfaceType)
        => Names.GetOrAdd(
            interfaceType,
            static type => GrainInterfaceType.Create(type.GetCustomAttribute<AliasAttribute>()?.Alias ?? type.FullName ?? type.Name));

    public object?[] CopyArguments(object?[] arguments)
    {
        var copies = new object?[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            copies[i] = _argumentsAreShared[i] ? arguments[i] : DeepCopier.Copy(arguments[i]);
        }

        return copies;
    }

    public object? CopyResult(object? result) => _resultIsShared ? result : DeepCopier.Copy(result);

    private static Func<object, object?[], object?> Compile(MethodInfo method, ParameterInfo[] parameters)
    {
        var target = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        var call = Expression.Call(
            Expression.Convert(target, method.DeclaringType!),
            method,
            parameters.Select((p, i) => Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), p.ParameterType)));
        Expression body = method.ReturnType == typeof(void)
            ? Expression.Block(call, Expression.Constant(null))
            : Expression.Convert(call, typeof(object));
        return Expression.Lambda<Func<object, object?[], object?>>(body, target, arguments).Compile();
    }
}
