using System.Runtime.CompilerServices;

namespace NeuroTrails.Data;

/// <summary>
/// The ten shapes, as tests of whether a point lies inside. Coordinates are about −1 to 1, y down. Only +, −, ×, ÷ and comparisons are
/// used: those round alike on every machine, sines and cosines do not.
/// </summary>
internal static class GlyphShapes
{
    private static readonly double[] Triangle = [0, -0.95, 0.92, 0.68, -0.92, 0.68];
    private static readonly double[] Arrow = [-0.95, -0.26, 0.1, -0.26, 0.1, -0.72, 1.0, 0.0, 0.1, 0.72, 0.1, 0.26, -0.95, 0.26];
    private static readonly double[] Zigzag =
    [
        -0.9,
        -0.9,
        0.9,
        -0.9,
        0.9,
        -0.55,
        -0.2,
        0.5,
        0.9,
        0.5,
        0.9,
        0.9,
        -0.9,
        0.9,
        -0.9,
        0.55,
        0.2,
        -0.5,
        -0.9,
        -0.5,
    ];

    // A five-pointed star: outer radius 1, inner radius 0.42.
    private static readonly double[] Star =
    [
        0,
        -1,
        0.2469,
        -0.3398,
        0.9511,
        -0.3090,
        0.3994,
        0.1298,
        0.5878,
        0.8090,
        0,
        0.42,
        -0.5878,
        0.8090,
        -0.3994,
        0.1298,
        -0.9511,
        -0.3090,
        -0.2469,
        -0.3398,
    ];

    public static IReadOnlyList<string> Names { get; } =
    ["disc", "square", "triangle", "cross", "plus", "star", "ring", "arrow", "zigzag", "crescent"];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Contains(int label, double x, double y) =>
        label switch
        {
            0 => Within(x, y, 0.86),
            1 => Math.Max(Math.Abs(x), Math.Abs(y)) < 0.76,
            2 => InPolygon(Triangle, x, y),
            3 => Math.Abs(Math.Abs(x) - Math.Abs(y)) < 0.34 && Math.Max(Math.Abs(x), Math.Abs(y)) < 0.82,
            4 => Math.Min(Math.Abs(x), Math.Abs(y)) < 0.26 && Math.Max(Math.Abs(x), Math.Abs(y)) < 0.98,
            5 => InPolygon(Star, x, y),
            6 => Within(x, y, 0.95) && !Within(x, y, 0.52),
            7 => InPolygon(Arrow, x, y),
            8 => InPolygon(Zigzag, x, y),
            _ => Within(x, y, 0.95) && !Within(x - 0.45, y, 0.72),
        };

    private static bool Within(double x, double y, double radius) => (x * x) + (y * y) < radius * radius;

    // Even-odd rule over the edges, each pair of numbers a corner.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool InPolygon(double[] corners, double x, double y)
    {
        var inside = false;
        var (previousX, previousY) = (corners[^2], corners[^1]);
        for (var i = 0; i < corners.Length; i += 2)
        {
            var (cornerX, cornerY) = (corners[i], corners[i + 1]);
            if ((cornerY > y) != (previousY > y) && x < ((previousX - cornerX) * (y - cornerY) / (previousY - cornerY)) + cornerX)
            {
                inside = !inside;
            }

            (previousX, previousY) = (cornerX, cornerY);
        }

        return inside;
    }
}
