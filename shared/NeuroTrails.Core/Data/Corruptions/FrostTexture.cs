namespace NeuroTrails.Data.Corruptions;

/// <summary>Frost on a pane, drawn: ridges of a cloud as the rime, and needles of ice with side branches at 60 degrees.</summary>
internal static class FrostTexture
{
    private const int Needles = 7;

    public static float[] Draw(int height, int width, ref CounterRandom random)
    {
        var cloud = Plasma.Draw(height, width, 1.9, ref random);
        var grain = Plasma.Draw(height, width, 1.3, ref random);
        var ice = new float[height * width];
        for (var i = 0; i < ice.Length; i++)
        {
            var ridge = 1 - Math.Abs((2 * cloud[i]) - 1);
            ice[i] = (0.15f * cloud[i]) + (0.5f * ridge * ridge) + (0.2f * grain[i]);
        }

        var side = Math.Max(height, width);
        for (var needle = 0; needle < Needles; needle++)
        {
            var (y, x) = (random.NextBetween(0, height), random.NextBetween(0, width));
            var (angle, length) = (random.NextBetween(0, 2 * Math.PI), random.NextBetween(0.3, 0.8) * side);
            Line(ice, height, width, y, x, angle, length);
            for (var at = 0.15; at < 1; at += 0.15)
            {
                var (down, right) = Math.SinCos(angle);
                var (fromY, fromX, twig) = (y + (at * length * down), x + (at * length * right), 0.35 * (1 - at) * length);
                Line(ice, height, width, fromY, fromX, angle + (Math.PI / 3), twig);
                Line(ice, height, width, fromY, fromX, angle - (Math.PI / 3), twig);
            }
        }

        return ice;
    }

    // Brighter at its root; steps of half a pixel leave no gaps.
    private static void Line(float[] ice, int height, int width, double y, double x, double angle, double length)
    {
        var (down, right) = Math.SinCos(angle);
        for (var at = 0.0; at < length; at += 0.5)
        {
            var (row, column) = ((int)Math.Floor(y + (at * down)), (int)Math.Floor(x + (at * right)));
            if (row >= 0 && row < height && column >= 0 && column < width)
            {
                ref var value = ref ice[(row * width) + column];
                value = Math.Max(value, (float)(0.95 - (0.25 * at / length)));
            }
        }
    }
}
