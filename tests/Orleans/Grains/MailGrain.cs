using Orleans.Concurrency;

namespace NeuroTrails.Tests.Orleans;

[GenerateSerializer]
[Alias("test.letter")]
public sealed record Letter([property: Id(0)] string Title, [property: Id(1)] List<int[]> Pages)
{
    [Id(2)]
    public Letter? Reply { get; set; }
}

[GenerateSerializer]
[Immutable]
[Alias("test.stone")]
public sealed record Stone([property: Id(0)] float[] Values);

[GenerateSerializer]
[Alias("test.point")]
public readonly record struct Point([property: Id(0)] int X, [property: Id(1)] int[] Path);

[GenerateSerializer]
[Alias("test.shape")]
public abstract class Shape
{
    [Id(0)]
    public string Name { get; set; } = "";
}

[GenerateSerializer]
[Alias("test.circle")]
public sealed class Circle : Shape
{
    [Id(0)]
    public double Radius { get; set; }

    [Id(1)]
    public Dictionary<string, List<Point>> Points { get; set; } = [];

    [Id(2)]
    public (int A, string? B) Pair { get; set; }

    [Id(3)]
    public int? Maybe { get; set; }

    [field: NonSerialized]
    public int NotSent { get; set; }
}

/// <summary>Not marked, so it cannot travel.</summary>
public sealed class Unmarked
{
    public int Value { get; set; }
}

[Alias("test.mail")]
public interface IMailGrain : IGrainWithStringKey
{
    [Alias("keep")]
    Task Keep(Letter letter);

    [Alias("fetch")]
    Task<Letter> Fetch();

    [Alias("keepStone")]
    Task KeepStone(Stone stone);

    [Alias("fetchStone")]
    Task<Stone> FetchStone();

    [Alias("keepWrapped")]
    Task<Immutable<int[]>> Wrapped(Immutable<int[]> wrapped);

    [Alias("marked")]
    Task<float> MarkedImmutable([Immutable] float[] values);

    [Alias("shape")]
    Task<Shape> Echo(Shape shape);

    [Alias("object")]
    Task<object?> EchoObject(object? value);
}

public sealed class MailGrain(Journal journal) : Grain, IMailGrain
{
    private Letter? _letter;
    private Stone? _stone;

    public Task Keep(Letter letter)
    {
        _letter = letter;
        return Task.CompletedTask;
    }

    public Task<Letter> Fetch() => Task.FromResult(_letter!);

    public Task KeepStone(Stone stone)
    {
        _stone = stone;
        return Task.CompletedTask;
    }

    public Task<Stone> FetchStone() => Task.FromResult(_stone!);

    public Task<Immutable<int[]>> Wrapped(Immutable<int[]> wrapped) => Task.FromResult(wrapped);

    public Task<float> MarkedImmutable(float[] values)
    {
        values[0] = 5;
        journal.Write(this.GetPrimaryKeyString(), "seen");
        return Task.FromResult(values[0]);
    }

    public Task<Shape> Echo(Shape shape) => Task.FromResult(shape);

    public Task<object?> EchoObject(object? value) => Task.FromResult(value);
}
