namespace NeuroTrails.Data;

/// <summary>Samples from arrays: [N, D], [N, H, W], [N, C, H, W] or [N, H, W, C].</summary>
public static class NpySamples
{
    /// <summary>Labelled samples.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="images">Samples; numbers of any type, divided by <paramref name="scale"/>. Four dimensions count as channels-last where
    /// only the last is 1, 3 or 4.</param>
    /// <param name="labels">Whole numbers, [N] or [N, 1].</param>
    /// <param name="classes">Number of classes, or 0 for the largest label plus one.</param>
    /// <param name="scale">What values are divided by when they are read, above 0.</param>
    /// <returns>The samples.</returns>
    /// <exception cref="UserErrorException">Shapes do not fit, a label is out of range or no whole
    /// number, or a value is not finite.</exception>
    public static IDataSet Labelled(string name, NpyArray images, NpyArray labels, int classes = 0, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Sizes is not ([_] or [_, 1]))
        {
            throw DataError.Damaged(name, $"labels {labels.Shape}", "labels [N] or [N, 1]");
        }

        long[] stored;
        try
        {
            stored = labels.ToInt64s();
        }
        catch (InvalidCastException error)
        {
            throw DataError.Damaged(name, "the label " + error.Message, "whole numbers", error);
        }

        var numbers = Array.ConvertAll(stored, label => label is >= 0 and < int.MaxValue ? (int)label : -1);
        return Build(name, images, numbers, classes == 0 ? Math.Max(numbers.DefaultIfEmpty().Max() + 1, 1) : classes, scale);
    }

    /// <summary>Samples to predict: every label is 0.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="images">Samples, as for <see cref="Labelled"/>.</param>
    /// <param name="shape">Shape that the model takes.</param>
    /// <param name="scale">What values are divided by when they are read, above 0.</param>
    /// <returns>The samples.</returns>
    /// <exception cref="UserErrorException">The samples are of another shape, or a value is not finite.</exception>
    public static IDataSet Unlabelled(string name, NpyArray images, SampleShape shape, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(images);
        var data = Build(name, images, new int[images.Sizes.Count == 0 ? 0 : images.Sizes[0]], 1, scale);
        return data.Shape == shape
            ? data
            : throw DataError.Damaged(name, $"samples of {data.Shape} (from {images.Shape})", $"the model's {shape}");
    }

    /// <summary>
    /// What values are divided by unless told otherwise, whatever type they are stored in: 255 where images, not vectors, have only whole
    /// numbers from 0 to 255 and one above 1; else 1.
    /// </summary>
    /// <param name="images">The training samples.</param>
    public static double UsualScale(NpyArray images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Sizes.Count < 3 || images.Sizes.Contains(0))
        {
            return 1;
        }

        if (images.Type == NpyType.UInt8)
        {
            return images.Bytes.ContainsAnyExceptInRange((byte)0, (byte)1) ? 255 : 1;
        }

        var values = images.ToSingles();
        return values.Max() > 1 && values.All(value => value is >= 0 and <= 255 && value == MathF.Floor(value)) ? 255 : 1;
    }

    private static IDataSet Build(string name, NpyArray images, int[] labels, int classes, double scale)
    {
        var sizes = images.Sizes;
        var last = sizes is [_, not (1 or 3 or 4), _, 1 or 3 or 4];
        var shape = sizes switch
        {
            [_, var d] => SampleShape.Vector(d),
            [_, var h, var w] => new SampleShape(1, h, w),
            [_, var h, var w, var c] when last => new SampleShape(c, h, w),
            [_, var c, var h, var w] => new SampleShape(c, h, w),
            _ => throw DataError.Damaged(name, $"an array {images.Shape}", "[N, D], [N, H, W], [N, C, H, W] or [N, H, W, C]"),
        };
        LabelArray.Check(labels, sizes[0], classes, name);
        return images.Type == NpyType.UInt8
            ? new ByteDataSet(name, shape, ChannelsFirst(images.Bytes.ToArray(), shape, last), labels, classes, scale: (float)scale)
            : new FloatDataSet(name, shape, ChannelsFirst(Scaled(images.ToSingles(), (float)scale), shape, last), labels, classes);
    }

    private static float[] Scaled(float[] values, float scale)
    {
        for (var i = 0; scale != 1 && i < values.Length; i++)
        {
            values[i] /= scale;
        }

        return values;
    }

    private static T[] ChannelsFirst<T>(T[] values, SampleShape shape, bool last)
    {
        if (!last || shape.Channels == 1)
        {
            return values;
        }

        var result = new T[values.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var (sample, rest) = (i / shape.Length, i % shape.Length);
            result[i] = values[(sample * shape.Length) + (rest % shape.Plane * shape.Channels) + (rest / shape.Plane)];
        }

        return result;
    }
}
