namespace Orleans.Concurrency;

/// <summary>A value handed over without a copy, on the promise that nobody changes it.</summary>
/// <typeparam name="T">The value.</typeparam>
[GenerateSerializer, Immutable, Alias("Immutable`1")]
public readonly struct Immutable<T>(T value)
{
    [Id(0)]
    public readonly T Value = value;
}

/// <summary>Wraps values as <see cref="Immutable{T}"/>.</summary>
public static class ImmutableExtensions
{
    public static Immutable<T> AsImmutable<T>(this T value) => new(value);
}
