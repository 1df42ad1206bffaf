namespace NeuroTrails.Data;

/// <summary>Image files, decoded when they are read.</summary>
internal sealed class ImageFolderDataSet : IVariableImages
{
    private readonly IReadOnlyList<string> paths;
    private readonly int[] labels;
    private readonly ImageDecoders decoders;
    private readonly double centreShare;

    /// <summary>Lists files; none is opened.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="shape">Shape to which every image is brought, 1 or 3 channels.</param>
    /// <param name="paths">Files, at least one.</param>
    /// <param name="labels">One a file.</param>
    /// <param name="classNames">Name of each class.</param>
    /// <param name="decoders">Who decodes.</param>
    /// <param name="centreShare">Share of the largest centred part that <see cref="Read"/> takes:
    /// 0.875 is usual for ImageNet, 1 takes all of it.</param>
    public ImageFolderDataSet(
        string name,
        SampleShape shape,
        IReadOnlyList<string> paths,
        int[] labels,
        IReadOnlyList<string> classNames,
        ImageDecoders decoders,
        double centreShare
    )
    {
        if (paths.Count == 0)
        {
            throw DataError.Damaged(name, "no images", "at least one");
        }

        Name = name;
        Shape = shape;
        ClassNames = classNames;
        this.paths = paths;
        this.labels = LabelArray.Check(labels, paths.Count, classNames.Count, name);
        this.decoders = decoders;
        this.centreShare = centreShare;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Count => paths.Count;

    /// <inheritdoc/>
    public SampleShape Shape { get; }

    /// <inheritdoc/>
    public int Classes => ClassNames!.Count;

    /// <inheritdoc/>
    public IReadOnlyList<string>? ClassNames { get; }

    /// <inheritdoc/>
    public int Label(int index) => labels[index];

    /// <summary>The bytes of an image's file.</summary>
    public byte[] File(int index) => ImageDecoders.Bytes(paths[index]);

    /// <inheritdoc/>
    public DecodedImage Decode(int index) => decoders.Decode(paths[index]).WithChannels(Shape.Channels);

    /// <inheritdoc/>
    public void Read(int index, Span<float> pixels)
    {
        var image = Decode(index);
        var fits = image.Shape == Shape;
        ImageRegion.Centre(image.Shape, Shape, fits ? 1 : centreShare).Sample(image, pixels[..Shape.Length], Shape);
    }
}
