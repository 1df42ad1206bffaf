namespace NeuroTrails.Data;

/// <summary>A split stored as two idx files, as MNIST and Fashion-MNIST are: images [N, H, W] or vectors [N, D], and labels [N].</summary>
public static class IdxDataSet
{
    /// <summary>Loads a split into memory.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="imagesPath">Idx file of rank 2 to 4 ([N, D], [N, H, W] or [N, C, H, W]), gzip or plain.</param>
    /// <param name="labelsPath">Idx file of rank 1, gzip or plain.</param>
    /// <param name="classes">Number of classes, or 0 for the largest label plus one.</param>
    /// <param name="classNames">Name of each class, or null.</param>
    /// <returns>The samples.</returns>
    /// <exception cref="UserErrorException">A file is missing, damaged or of the wrong shape.</exception>
    public static IDataSet Load(
        string name,
        string imagesPath,
        string labelsPath,
        int classes = 0,
        IReadOnlyList<string>? classNames = null
    )
    {
        var images = IdxArray.Load(imagesPath);
        var shape = images.Sizes switch
        {
            [_, var d] => SampleShape.Vector(d),
            [_, var h, var w] => new SampleShape(1, h, w),
            [_, var c, var h, var w] => new SampleShape(c, h, w),
            _ => throw DataError.Damaged(imagesPath, $"an idx array of shape [{string.Join(", ", images.Sizes)}]", "images [N, H, W]"),
        };
        var stored = IdxArray.Load(labelsPath);
        if (stored.Sizes.Length != 1)
        {
            throw DataError.Damaged(labelsPath, $"an idx array of shape [{string.Join(", ", stored.Sizes)}]", "labels [N]");
        }

        var labels = LabelArray.FromBytes(stored.Values);
        classes = classes == 0 ? labels.Max() + 1 : classes;
        LabelArray.Check(labels, images.Sizes[0], classes, labelsPath);
        return new ByteDataSet(name, shape, images.Values, labels, classes, classNames);
    }
}
