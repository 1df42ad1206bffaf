namespace NeuroTrails.Data;

/// <summary>
/// <c>glyphs</c>: ten drawn shapes under noise, shift, scale, turn and stray strokes. Generated, so that a first run needs no download; too
/// hard for a linear model (under 70 %), easy for a small convolutional network (over 90 %).
/// </summary>
public static class GlyphDataSet
{
    /// <summary>Pixels a side.</summary>
    public const int Size = 16;

    /// <summary>Training samples by default.</summary>
    public const int TrainCount = 4096;

    /// <summary>Test samples by default.</summary>
    public const int TestCount = 1024;

    // Splits draw from key ranges that cannot meet: epoch 0 for training, 1 for testing.
    private static readonly string[] Splits = ["train", "test"];

    /// <summary>Draws a split. Sample i depends on the seed, the split and i alone, so a longer set starts with the shorter one.</summary>
    /// <param name="test">False for the training split, true for the test split.</param>
    /// <param name="count">Number of samples, at least 1; labels go round 0, 1, … 9, 0, …</param>
    /// <param name="seed">Seed of the drawings; by default 0, whatever the run's seed, so that runs are compared on the same data.</param>
    /// <returns>The samples, 1×16×16, 10 classes.</returns>
    public static ByteDataSet Create(bool test, int count, long seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var shape = new SampleShape(1, Size, Size);
        var pixels = new byte[checked(count * shape.Length)];
        var labels = new int[count];
        var split = test ? 1 : 0;
        Parallel.For(
            0,
            count,
            i =>
            {
                labels[i] = i % GlyphShapes.Names.Count;
                var random = new CounterRandom(seed, RandomStream.Glyph, split, i);
                GlyphPainter.Draw(labels[i], Size, ref random, pixels.AsSpan(i * shape.Length, shape.Length));
            }
        );
        return new ByteDataSet($"glyphs/{Splits[split]}", shape, pixels, labels, GlyphShapes.Names.Count, GlyphShapes.Names);
    }
}
