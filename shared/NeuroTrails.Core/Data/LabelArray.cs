namespace NeuroTrails.Data;

/// <summary>Labels that have been checked once, so that nobody has to check them again.</summary>
internal static class LabelArray
{
    // Checks that there is one label a sample and that each lies in [0, classes).
    public static int[] Check(int[] labels, int samples, int classes, string source)
    {
        if (labels.Length != samples)
        {
            throw DataError.Damaged(source, $"{samples} samples but {labels.Length} labels", "one label a sample");
        }

        for (var i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes)
            {
                throw DataError.Damaged(source, $"label {labels[i]} at sample {i}", $"labels from 0 to {classes - 1}");
            }
        }

        return labels;
    }

    public static int[] FromBytes(ReadOnlySpan<byte> stored)
    {
        var labels = new int[stored.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = stored[i];
        }

        return labels;
    }
}
