using System.Text.Json;

namespace NeuroTrails.Data.Corruptions;

/// <summary>Makes images worse as photographs become worse: 15 kinds at 5 severities, from a seed.</summary>
/// <remarks>
/// Written from the definitions in arXiv 1903.12261, with the constants that its authors chose for images of 32×32 (CIFAR-10-C). On larger
/// images lengths in pixels (radii, deviations of blurs, displacements, the size of snowflakes) are multiplied by the shorter side over 32,
/// on smaller ones they stay; elastic deformations are shares of the side; noise levels, shares, qualities and zooms have no unit and stay.
/// Frost differs from the original, which lays photographs of frost over an image: here it is drawn. Random numbers come
/// from (seed, corruption, sample) alone and are the same for all severities.
/// </remarks>
/// <example><c>CorruptionCatalogue.Apply(Corruption.Fog, 3, image, foggy, new(3, 32, 32), seed: 0, sample: 17);</c></example>
public static class CorruptionCatalogue
{
    /// <summary>The greatest severity; the least is 1.</summary>
    public const int Severities = 5;

    /// <summary>Changes where the bytes of a corruption change: figures of other versions are not comparable.</summary>
    public const string Version = "1";

    private delegate void Change(Picture picture, int severity, ref CounterRandom random);

    private static readonly Dictionary<Corruption, Change> Changes = new()
    {
        [Corruption.GaussianNoise] = NoiseCorruptions.Gaussian,
        [Corruption.ShotNoise] = NoiseCorruptions.Shot,
        [Corruption.ImpulseNoise] = NoiseCorruptions.Impulse,
        [Corruption.DefocusBlur] = BlurCorruptions.Defocus,
        [Corruption.GlassBlur] = BlurCorruptions.Glass,
        [Corruption.MotionBlur] = BlurCorruptions.Motion,
        [Corruption.ZoomBlur] = BlurCorruptions.Zoom,
        [Corruption.Snow] = WeatherCorruptions.Snow,
        [Corruption.Frost] = WeatherCorruptions.Frost,
        [Corruption.Fog] = WeatherCorruptions.Fog,
        [Corruption.Brightness] = DigitalCorruptions.Brightness,
        [Corruption.Contrast] = DigitalCorruptions.Contrast,
        [Corruption.ElasticTransform] = DigitalCorruptions.Elastic,
        [Corruption.Pixelate] = DigitalCorruptions.Pixelate,
        [Corruption.JpegCompression] = DigitalCorruptions.Jpeg,
    };

    /// <summary>All corruptions, in the authors' order.</summary>
    public static IReadOnlyList<Corruption> All { get; } = Enum.GetValues<Corruption>();

    /// <summary>The name in files and tables, such as <c>gaussian_noise</c>.</summary>
    /// <param name="corruption">The corruption.</param>
    public static string Name(Corruption corruption) => JsonNamingPolicy.SnakeCaseLower.ConvertName(corruption.ToString());

    /// <summary>Corrupts one image.</summary>
    /// <param name="corruption">How.</param>
    /// <param name="severity">1 to <see cref="Severities"/>.</param>
    /// <param name="source">Values [C, H, W], one byte each.</param>
    /// <param name="target">Receives as many; may be the memory of <paramref name="source"/>.</param>
    /// <param name="shape">1 (grey) or 3 (red, green, blue) channels of any size.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="sample">Which sample of its split: other samples get other noise.</param>
    public static void Apply(
        Corruption corruption,
        int severity,
        ReadOnlySpan<byte> source,
        Span<byte> target,
        SampleShape shape,
        long seed,
        long sample
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(severity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(severity, Severities);
        if (shape.Channels is not (1 or 3) || source.Length != shape.Length || target.Length != shape.Length)
        {
            throw new ArgumentException($"{source.Length} and {target.Length} bytes are no images of {shape} with 1 or 3 channels.");
        }

        var random = new CounterRandom(seed, RandomStream.Corruption, (long)corruption, sample);
        var picture = new Picture(source, shape);
        Changes[corruption](picture, severity, ref random);
        picture.CopyTo(target);
    }
}
