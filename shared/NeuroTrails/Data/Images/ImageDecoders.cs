namespace NeuroTrails.Data;

/// <summary>Chooses a decoder by the file's ending.</summary>
internal sealed class ImageDecoders
{
    // Endings that make a file an image, whether we can decode it or not: silence about the others would lose samples.
    private static readonly string[] KnownKinds = [".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".ppm"];
    private readonly PngDecoder png = new();
    private readonly Dictionary<string, IImageDecoder> byExtension = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The built-in decoders and the given ones, which win.</summary>
    public ImageDecoders(IEnumerable<IImageDecoder>? others)
    {
        foreach (var decoder in new IImageDecoder[] { png, new JpegDecoder() }.Concat(others ?? []))
        {
            foreach (var extension in decoder.Extensions)
            {
                byExtension[extension] = decoder;
            }
        }
    }

    /// <summary>Whether a file is an image by its name.</summary>
    public bool IsImage(string path) => byExtension.ContainsKey(Path.GetExtension(path)) || KnownKinds.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Demands a decoder for a file's kind.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public void Require(string path)
    {
        if (!byExtension.ContainsKey(Path.GetExtension(path)))
        {
            throw new UserErrorException(
                $"{path}: {Path.GetExtension(path)} files cannot be decoded; possible: {string.Join(", ", byExtension.Keys)}. "
                + "Convert the folder to PNG (ImageMagick: mogrify -format png FOLDER/*), or pass an IImageDecoder of your own to DataSetCatalogue.Open.");
        }
    }

    /// <summary>Decodes a file.</summary>
    /// <exception cref="UserErrorException">It cannot be read or decoded.</exception>
    public DecodedImage Decode(string path)
    {
        Require(path);
        try
        {
            // One picture of ImageNet is a PNG by the name of .JPEG.
            var file = File.ReadAllBytes(path);
            return PngDecoder.Recognises(file) && byExtension[Path.GetExtension(path)] is JpegDecoder ? png.Decode(file, path) : byExtension[Path.GetExtension(path)].Decode(file, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DataError.Damaged(path, "it cannot be read: " + error.Message, "a readable file", error);
        }
    }
}
