namespace NeuroTrails.Data;

/// <summary>The generated set.</summary>
internal static class GlyphEntry
{
    public static DataSetEntry Glyphs { get; } =
        new(
            "glyphs",
            "4,096 + 1,024 drawn shapes of 10 classes, 1x16x16, generated",
            (_, _, _) =>
                new SourceSplits(
                    GlyphDataSet.Create(test: false, GlyphDataSet.TrainCount),
                    GlyphDataSet.Create(test: true, GlyphDataSet.TestCount)
                )
        )
        {
            Generated = true,
        };
}
