namespace NeuroTrails.Data.Corruptions;

/// <summary>Noise: every value by itself.</summary>
internal static class NoiseCorruptions
{
    private static readonly double[] Deviation = [0.04, 0.06, 0.08, 0.09, 0.10];
    private static readonly double[] Photons = [500, 250, 100, 75, 50];
    private static readonly double[] Share = [0.01, 0.02, 0.03, 0.05, 0.07];

    public static void Gaussian(Picture picture, int severity, ref CounterRandom random)
    {
        foreach (ref var value in picture.Values.AsSpan())
        {
            value += (float)(Deviation[severity - 1] * Draws.Normal(ref random));
        }
    }

    public static void Shot(Picture picture, int severity, ref CounterRandom random)
    {
        var photons = Photons[severity - 1];
        foreach (ref var value in picture.Values.AsSpan())
        {
            value = (float)(Draws.Poisson(value * photons, ref random) / photons);
        }
    }

    public static void Impulse(Picture picture, int severity, ref CounterRandom random)
    {
        foreach (ref var value in picture.Values.AsSpan())
        {
            var (isHit, isWhite) = (random.NextDouble() < Share[severity - 1], random.NextDouble() < 0.5);
            value =
                !isHit ? value
                : isWhite ? 1
                : 0;
        }
    }
}
