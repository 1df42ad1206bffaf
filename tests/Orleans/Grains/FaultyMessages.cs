#if !ORLEANS_PACKAGE
// Faulty on purpose; nobody implements these interfaces, so that no host meets them by itself.
namespace NeuroTrails.Tests.Orleans;

public interface IBareGrain : IGrainWithStringKey
{
    Task Send(List<BareMessage[]> message);
}

public sealed record BareMessage(int Value);

public interface IForgetfulGrain : IGrainWithStringKey
{
    Task<Forgetful> Fetch();
}

[GenerateSerializer]
[Alias("test.forgetful")]
public sealed class Forgetful
{
    private readonly int _hidden = 1;

    [NonSerialized]
    private int _scratch;

    [Id(0)]
    public int Sent { get; set; }

    public int Forgotten { get; set; }

    public int Computed => _hidden + _scratch++;
}

public interface INamelessGrain : IGrainWithStringKey
{
    ValueTask<Nameless?> Fetch();
}

[GenerateSerializer]
public sealed record Nameless(Dictionary<string, BareMessage> Nested);

public interface ITwinGrain : IGrainWithStringKey
{
    [Alias("same")]
    Task A(TwinA twin);

    [Alias("same")]
    Task B(TwinB twin);
}

[GenerateSerializer]
[Alias("test.twin")]
public sealed class TwinA
{
    [Id(0)]
    public int First { get; set; }

    [Id(0)]
    public int Second { get; set; }
}

[GenerateSerializer]
[Alias("test.twin")]
public readonly record struct TwinB([property: Id(0)] int Value);

// The tests fill in a tensor type.
public interface ITensorGrain<T> : IGrainWithStringKey
{
    Task Send(Tensors<T> message, FrozenTensors<T> frozen);
}

[GenerateSerializer]
[Alias("test.tensors`1")]
public sealed record Tensors<T>([property: Id(0)] T Gradient, [property: Id(1)] T[] Others);

[GenerateSerializer]
[Immutable]
[Alias("test.frozenTensors`1")]
public sealed record FrozenTensors<T>([property: Id(0)] T Gradient);

public interface IPayloadGrain : IGrainWithStringKey
{
    Task Send(Payload payload, FrozenPayload frozen);
}

[TensorPayload]
public sealed record Payload(Stream Bytes);

[TensorPayload]
[Immutable]
public sealed record FrozenPayload(Stream Bytes);

[AttributeUsage(AttributeTargets.Class)]
public sealed class TensorPayloadAttribute : Attribute;

public interface INakedTensorGrain<T> : IGrainWithStringKey
{
    Task Send(T? tensor);
}

public interface IForeignGrain : IGrainWithStringKey
{
    Task Send(Stream stream);

    int Now();
}

public interface ISoundGrain : IGrainWithStringKey
{
    Task<IReadOnlyList<Sound<Point>>> Send(Sound<int> sound, DayOfWeek day, int? maybe, CancellationToken cancellationToken);
}

[GenerateSerializer]
[Alias("test.sound`1")]
public record Sound<T>(T Value, IReadOnlyDictionary<Guid, T[]> Values);
#endif
