namespace NeuroTrails.Data;

/// <summary>Image files, decoded when they are read.</summary>
internal sealed class ImageFolderDataSet : IVariableImages
{
    private readonly IReadOnlyList<string> paths;
    private readonly int[] labels;
    private readonly ImageDecoders decoders;
    private readonly double centreShare;

    // Share of the largest centred part that Read takes: 0.875 is usual for ImageNet, 1 takes all of it.
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

    public string Name { get; }

    public int Count => paths.Count;

    public SampleShape Shape { get; }

    public int Classes => ClassNames!.Count;

    public IReadOnlyList<string>? ClassNames { get; }

    public int Label(int index) => labels[index];

    public byte[] File(int index) => ImageDecoders.Bytes(paths[index]);

    public DecodedImage Decode(int index) => decoders.Decode(paths[index]).WithChannels(Shape.Channels);

    public void Read(int index, Span<float> pixels)
    {
        var image = Decode(index);
        var fits = image.Shape == Shape;
        ImageRegion.Centre(image.Shape, Shape, fits ? 1 : centreShare).Sample(image, pixels[..Shape.Length], Shape);
    }
}
