using System.Runtime.InteropServices;
using SkiaSharp;

namespace NeuroTrails.Data;

/// <summary>PNG and JPEG by SkiaSharp, which decodes with libpng and libjpeg-turbo. Pixels are
/// those stored: no colour profile and no gamma is applied.</summary>
internal sealed class SkiaDecoder : IImageDecoder
{
    // Most pixels of an image; checked before memory for them is asked for.
    public const int MostPixels = 100_000_000;

    // Images above this size take turns, so that a batch of huge ones does not need memory for all of them at once.
    private const int LargePixels = 8_000_000;
    private static readonly Lock LargeImage = new();

    public IReadOnlyList<string> Extensions { get; } = [".png", ".jpg", ".jpeg"];

    public DecodedImage Decode(byte[] file, string source) =>
        Open(
            file,
            source,
            codec =>
            {
                if (!(codec.EncodedFormat == SKEncodedImageFormat.Png ? PngChunks.ReachEnd(file) : JpegMarkers.ReachEnd(file)))
                {
                    throw CutOff(source);
                }

                if ((long)codec.Info.Width * codec.Info.Height <= LargePixels)
                {
                    return Pixels(codec, file, source);
                }

                lock (LargeImage)
                {
                    return Pixels(codec, file, source);
                }
            }
        );

    // Channels of the image that Decode gives, from the file's header alone.
    public static int Channels(byte[] start, string source) => Open(start, source, codec => Channels(codec, start));

    private static unsafe T Open<T>(byte[] file, string source, Func<SKCodec, T> use)
    {
        fixed (byte* bytes = file)
        {
            using var data = file.Length == 0 ? null : SKData.Create((nint)bytes, file.Length);
            using var codec = data is null ? null : SKCodec.Create(data);
            if (codec is not { EncodedFormat: SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg })
            {
                var seen =
                    file.Length == 0 ? "an empty file"
                    : codec is null ? "no PNG or JPEG header, or a damaged one"
                    : $"a {codec.EncodedFormat.ToString().ToUpperInvariant()} file";
                throw DataError.Damaged(source, seen, "a PNG or JPEG file");
            }

            return (long)codec.Info.Width * codec.Info.Height <= MostPixels
                ? use(codec)
                : throw DataError.Damaged(source, $"{codec.Info.Width}x{codec.Info.Height} pixels", $"at most {MostPixels} pixels");
        }
    }

    private static unsafe DecodedImage Pixels(SKCodec codec, byte[] file, string source)
    {
        // Without a colour space in the target nothing is converted; alpha is not multiplied in, so that it can be dropped.
        var target = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);

        // Memory that nobody writes to, because the file breaks off, is never really taken.
        var memory = NativeMemory.AllocZeroed((nuint)target.BytesSize64);
        try
        {
            var result = codec.GetPixels(target, (nint)memory);
            if (result != SKCodecResult.Success)
            {
                throw result == SKCodecResult.IncompleteInput
                    ? CutOff(source)
                    : DataError.Damaged(
                        source,
                        "damaged data, or a kind of image that is not decoded",
                        "an intact PNG or JPEG file of 8 or 16 bits a channel"
                    );
            }

            var origin = codec.EncodedFormat == SKEncodedImageFormat.Png ? PngChunks.Orientation(file) : codec.EncodedOrigin;
            return ImageOrientation.Upright(
                new ReadOnlySpan<byte>(memory, target.BytesSize),
                target.Height,
                target.Width,
                Channels(codec, file),
                origin
            );
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }

    // The codec reports grey with alpha as colour: a PNG's colour type says which it is.
    private static int Channels(SKCodec codec, ReadOnlySpan<byte> file) =>
        codec.EncodedFormat == SKEncodedImageFormat.Png ? (file[25] is 0 or 4 ? 1 : 3)
        : codec.Info.ColorType == SKColorType.Gray8 ? 1
        : 3;

    private static UserErrorException CutOff(string source) =>
        DataError.Damaged(source, "the file ends within the image", "a whole PNG or JPEG file (it looks truncated)");
}
