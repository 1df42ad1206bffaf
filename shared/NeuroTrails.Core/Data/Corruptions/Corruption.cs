namespace NeuroTrails.Data.Corruptions;

/// <summary>The fifteen corruptions of D. Hendrycks and T. Dietterich (arXiv 1903.12261), in their order. The numbers are part of what is
/// drawn from a seed: never renumber.</summary>
public enum Corruption
{
    /// <summary>Normal noise on every value.</summary>
    GaussianNoise = 1,

    /// <summary>Poisson noise of few photons.</summary>
    ShotNoise = 2,

    /// <summary>Values that became 0 or 255.</summary>
    ImpulseNoise = 3,

    /// <summary>A disc-shaped blur.</summary>
    DefocusBlur = 4,

    /// <summary>Blurred, with pixels exchanged for near ones.</summary>
    GlassBlur = 5,

    /// <summary>A blur along a line of random direction.</summary>
    MotionBlur = 6,

    /// <summary>The mean of enlargements about the centre.</summary>
    ZoomBlur = 7,

    /// <summary>A whitened image with streaks of snow.</summary>
    Snow = 8,

    /// <summary>Ice crystals over a darker image; drawn, not photographed.</summary>
    Frost = 9,

    /// <summary>A fractal haze.</summary>
    Fog = 10,

    /// <summary>More light.</summary>
    Brightness = 11,

    /// <summary>Values nearer to their mean.</summary>
    Contrast = 12,

    /// <summary>An affine and a local deformation.</summary>
    ElasticTransform = 13,

    /// <summary>Fewer, larger pixels.</summary>
    Pixelate = 14,

    /// <summary>JPEG, written and read again.</summary>
    JpegCompression = 15,
}
