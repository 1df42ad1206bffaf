using NeuroTrails.Files;

namespace NeuroTrails.Data;

/// <summary>Chooses a decoder by the file's ending.</summary>
internal sealed class ImageDecoders
{
    // Enough for the header of nearly any file; where a long profile comes first the whole file is read.
    private const int HeaderLength = 1 << 16;
    private const long LongestFile = 1 << 30;

    // Endings that make a file an image, whether we can decode it or not: silence about the others would lose samples.
    private static readonly string[] KnownKinds = [".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".ppm"];
    private readonly Dictionary<string, IImageDecoder> byExtension = new(StringComparer.OrdinalIgnoreCase);

    // The built-in decoder and the given ones, which win.
    public ImageDecoders(IEnumerable<IImageDecoder>? others)
    {
        foreach (var decoder in new IImageDecoder[] { new SkiaDecoder() }.Concat(others ?? []))
        {
            foreach (var extension in decoder.Extensions)
            {
                byExtension[extension] = decoder;
            }
        }
    }

    public bool IsImage(string path) =>
        byExtension.ContainsKey(Path.GetExtension(path)) || KnownKinds.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    public void Require(string path)
    {
        if (!byExtension.ContainsKey(Path.GetExtension(path)))
        {
            throw new UserErrorException(
                $"{path}: {Path.GetExtension(path)} files cannot be decoded; possible: {string.Join(", ", byExtension.Keys)}. "
                    + "Convert the folder to PNG (ImageMagick: mogrify -format png FOLDER/*), or pass an IImageDecoder of your own to "
                    + "DataSetCatalogue.Open."
            );
        }
    }

    public static byte[] Bytes(string path) => Read(path, LongestFile);

    public DecodedImage Decode(string path) => For(path).Decode(Read(path, LongestFile), path);

    // Channels of a file's image, from its header where the built-in decoder reads it.
    public int Channels(string path)
    {
        if (For(path) is not SkiaDecoder)
        {
            return Decode(path).Shape.Channels;
        }

        var start = Read(path, HeaderLength);
        try
        {
            return SkiaDecoder.Channels(start, path);
        }
        catch (UserErrorException) when (start.Length == HeaderLength)
        {
            return SkiaDecoder.Channels(Read(path, LongestFile), path);
        }
    }

    private IImageDecoder For(string path)
    {
        Require(path);
        return byExtension[Path.GetExtension(path)];
    }

    private static byte[] Read(string path, long most)
    {
        try
        {
            using var file = RegularFile.OpenRead(path, 1);
            if (file.Length > LongestFile)
            {
                throw DataError.Damaged(path, $"{file.Length} bytes", $"an image of at most {LongestFile} bytes");
            }

            var bytes = new byte[Math.Min(file.Length, most)];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DataError.Damaged(path, "it cannot be read: " + error.Message, "a readable file", error);
        }
    }
}
