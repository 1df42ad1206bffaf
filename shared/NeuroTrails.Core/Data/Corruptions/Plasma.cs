using System.Numerics;

namespace NeuroTrails.Data.Corruptions;

/// <summary>A cloud: midpoint displacement on a torus (A. Fournier, D. Fussell and L. Carpenter 1982; "diamond-square").</summary>
internal static class Plasma
{
    // Values [H, W], cut from a square of 0 to 1; the displacement is divided by `decay` at each halving.
    public static float[] Draw(int height, int width, double decay, ref CounterRandom random)
    {
        var side = (int)Math.Max(2, BitOperations.RoundUpToPowerOf2((uint)Math.Max(height, width)));
        var map = new double[side * side];
        var amount = 1.0;
        for (var step = side; step >= 2; step /= 2, amount /= decay)
        {
            var half = step / 2;
            for (var y = 0; y < side; y += step)
            {
                for (var x = 0; x < side; x += step)
                {
                    var corners = At(y, x) + At(y + step, x) + At(y, x + step) + At(y + step, x + step);
                    map[((y + half) * side) + x + half] = (corners / 4) + (amount * random.NextBetween(-1, 1));
                }
            }

            for (var y = 0; y < side; y += half)
            {
                for (var x = y % step == 0 ? half : 0; x < side; x += step)
                {
                    var sides = At(y - half, x) + At(y + half, x) + At(y, x - half) + At(y, x + half);
                    map[(y * side) + x] = (sides / 4) + (amount * random.NextBetween(-1, 1));
                }
            }
        }

        var (least, most) = (map.Min(), map.Max());
        var result = new float[height * width];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = (float)((map[(i / width * side) + (i % width)] - least) / Math.Max(most - least, double.Epsilon));
        }

        return result;

        double At(int y, int x) => map[((y + side) % side * side) + ((x + side) % side)];
    }
}
