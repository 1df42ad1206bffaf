namespace NeuroTrails.Data.Corruptions;

/// <summary>Weather: something between the lens and the thing.</summary>
internal static class WeatherCorruptions
{
    private static readonly SnowFall[] Snows =
    [
        new(0.1, 0.2, 1, 0.6, 8, 3, 0.95f),
        new(0.1, 0.2, 1, 0.5, 10, 4, 0.9f),
        new(0.15, 0.3, 1.75, 0.55, 10, 4, 0.9f),
        new(0.25, 0.3, 2.25, 0.6, 12, 6, 0.85f),
        new(0.3, 0.3, 1.25, 0.65, 14, 12, 0.8f),
    ];
    private static readonly (float Image, float Ice)[] Frosts = [(1, 0.2f), (1, 0.3f), (0.9f, 0.4f), (0.85f, 0.4f), (0.75f, 0.45f)];

    // Ice is bluish.
    private static readonly float[] Tint = [0.9f, 0.97f, 1];
    private static readonly (float Amount, double Decay)[] Fogs = [(0.2f, 3), (0.5f, 3), (0.75f, 2.5), (1, 2), (1.5f, 1.75)];

    public static void Snow(Picture picture, int severity, ref CounterRandom random)
    {
        var fall = Snows[severity - 1];
        var (height, width, scale) = (picture.Height, picture.Width, picture.Scale);
        var flakes = new float[height * width];
        foreach (ref var value in flakes.AsSpan())
        {
            value = (float)(fall.Mean + (fall.Deviation * Draws.Normal(ref random)));
        }

        var angle = random.NextBetween(-135, -45);
        var zoom = fall.Zoom * scale;
        var large = new float[flakes.Length];
        for (var i = 0; i < large.Length; i++)
        {
            var (y, x) = (((i / width) - ((height - 1) / 2.0)) / zoom, ((i % width) - ((width - 1) / 2.0)) / zoom);
            var value = Filters.Sample(flakes, height, width, y + ((height - 1) / 2.0), x + ((width - 1) / 2.0));
            large[i] = value < fall.Threshold ? 0 : Math.Min(value, 1);
        }

        var snow = Filters.Motion(large, height, width, fall.Radius * scale, fall.Streak * scale, angle);
        var grey = picture.Grey();
        for (var i = 0; i < picture.Values.Length; i++)
        {
            var at = i % snow.Length;
            ref var value = ref picture.Values[i];
            value = (fall.Mix * value) + ((1 - fall.Mix) * Math.Max(value, (1.5f * grey[at]) + 0.5f)) + snow[at] + snow[^(at + 1)];
        }
    }

    public static void Frost(Picture picture, int severity, ref CounterRandom random)
    {
        var (image, weight) = Frosts[severity - 1];
        var ice = FrostTexture.Draw(picture.Height, picture.Width, ref random);
        for (var i = 0; i < picture.Values.Length; i++)
        {
            var tint = picture.Shape.Channels == 3 ? Tint[i / ice.Length] : 1;
            picture.Values[i] = (image * picture.Values[i]) + (weight * tint * ice[i % ice.Length]);
        }
    }

    public static void Fog(Picture picture, int severity, ref CounterRandom random)
    {
        var (amount, decay) = Fogs[severity - 1];
        var cloud = Plasma.Draw(picture.Height, picture.Width, decay, ref random);
        var brightest = picture.Values.Max();
        for (var i = 0; i < picture.Values.Length; i++)
        {
            // Scaled back, so that haze takes contrast away rather than adding light.
            picture.Values[i] = (picture.Values[i] + (amount * cloud[i % cloud.Length])) * brightest / (brightest + amount);
        }
    }

    private sealed record SnowFall(double Mean, double Deviation, double Zoom, double Threshold, double Radius, double Streak, float Mix);
}
