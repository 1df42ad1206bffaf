using System.Runtime.CompilerServices;

namespace NeuroTrails.Data;

/// <summary>Draws one glyph: a shape, moved, scaled and turned, over an uneven background with stray strokes and noise.</summary>
internal static class GlyphPainter
{
    // Points a pixel and direction at which a shape is probed; 4×4 give 17 shades at an edge.
    private const int Probes = 4;
    private const int Strokes = 3;
    private const double Noise = 0.12;

    public static void Draw(int label, int size, ref CounterRandom random, Span<byte> pixels)
    {
        Span<double> canvas = stackalloc double[size * size];
        Background(canvas, size, ref random);
        for (var stroke = 0; stroke < Strokes; stroke++)
        {
            Stroke(canvas, size, ref random);
        }

        Shape(label, canvas, size, ref random);
        for (var i = 0; i < canvas.Length; i++)
        {
            // The sum of four uniform numbers stands in for a normal one: no logarithm, so the same everywhere.
            var noise = (random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2) * (Noise * 1.7320508);
            pixels[i] = (byte)((Math.Clamp(canvas[i] + noise, 0, 1) * 255) + 0.5);
        }
    }

    private static void Background(Span<double> canvas, int size, ref CounterRandom random)
    {
        var level = random.NextBetween(0.05, 0.35);
        var slopeX = random.NextBetween(-0.15, 0.15) / size;
        var slopeY = random.NextBetween(-0.15, 0.15) / size;
        for (var i = 0; i < canvas.Length; i++)
        {
            canvas[i] = level + (slopeX * (i % size)) + (slopeY * (i / size));
        }
    }

    private static void Stroke(Span<double> canvas, int size, ref CounterRandom random)
    {
        var frame = Frame.Next(ref random, size, reach: 0.5, turn: 3.0, smallest: 0.10, largest: 0.22);
        var shade = random.NextBetween(0.15, 0.55);
        Cover(canvas, size, frame, shade, (x, y) => Math.Abs(x) < 1 && Math.Abs(y) < 0.25);
    }

    private static void Shape(int label, Span<double> canvas, int size, ref CounterRandom random)
    {
        var frame = Frame.Next(ref random, size, reach: 0.18, turn: 0.17, smallest: 0.27, largest: 0.42);
        var shade = random.NextBetween(0.6, 1.0);
        Cover(canvas, size, frame, shade, (x, y) => GlyphShapes.Contains(label, x, y));
    }

    // Compiled well at once: while a silo starts, the compiler gets round to hot loops late.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Cover(Span<double> canvas, int size, Frame frame, double shade, Func<double, double, bool> contains)
    {
        for (var i = 0; i < canvas.Length; i++)
        {
            if (!frame.Reaches(i % size, i / size))
            {
                continue;
            }

            var covered = 0;
            for (var probe = 0; probe < Probes * Probes; probe++)
            {
                var (x, y) = frame.Local(i % size, i / size, probe);
                covered += contains(x, y) ? 1 : 0;
            }

            canvas[i] += (shade - canvas[i]) * covered / (Probes * Probes);
        }
    }

    private readonly record struct Frame(double CentreX, double CentreY, double Cosine, double Sine, double Radius)
    {
        // Draws a frame; turn bounds tan(angle/2), the other numbers are shares of the side.
        public static Frame Next(ref CounterRandom random, int size, double reach, double turn, double smallest, double largest)
        {
            var centreX = size * (0.5 + random.NextBetween(-reach, reach));
            var centreY = size * (0.5 + random.NextBetween(-reach, reach));
            var t = random.NextBetween(-turn, turn);
            var norm = 1 + (t * t);
            return new Frame(centreX, centreY, (1 - (t * t)) / norm, 2 * t / norm, size * random.NextBetween(smallest, largest));
        }

        // Whether any point of a pixel can lie within a square of side 2 in the shape's coordinates, however turned: most pixels cannot.
        public bool Reaches(int column, int row)
        {
            var (dx, dy) = (column + 0.5 - CentreX, row + 0.5 - CentreY);
            var reach = (1.4143 * Radius) + 0.7072;
            return (dx * dx) + (dy * dy) <= reach * reach;
        }

        // One probed point of a pixel, in the shape's own coordinates.
        public (double X, double Y) Local(int column, int row, int probe)
        {
            var dx = column + (((probe % Probes) + 0.5) / Probes) - CentreX;
            var dy = row + (((probe / Probes) + 0.5) / Probes) - CentreY;
            return (((dx * Cosine) + (dy * Sine)) / Radius, ((dy * Cosine) - (dx * Sine)) / Radius);
        }
    }
}
