namespace NeuroTrails.Data.Corruptions;

/// <summary>Blurs and samples one channel; beyond its edges lies its mirror image.</summary>
internal static class Filters
{
    // The place within 0 to length − 1 that a place beyond mirrors: … 1 0 | 0 1 2 | 2 1 ….
    public static int Mirror(int at, int length)
    {
        if ((uint)at < (uint)length)
        {
            return at;
        }

        var period = 2 * length;
        at = ((at % period) + period) % period;
        return at < length ? at : period - 1 - at;
    }

    // The value between pixels, bilinear.
    public static float Sample(ReadOnlySpan<float> plane, int height, int width, double y, double x)
    {
        var (top, left) = (Math.Floor(y), Math.Floor(x));
        var (down, right) = ((float)(y - top), (float)(x - left));
        var (y0, y1) = (Mirror((int)top, height) * width, Mirror((int)top + 1, height) * width);
        var (x0, x1) = (Mirror((int)left, width), Mirror((int)left + 1, width));
        var upper = plane[y0 + x0] + (right * (plane[y0 + x1] - plane[y0 + x0]));
        var lower = plane[y1 + x0] + (right * (plane[y1 + x1] - plane[y1 + x0]));
        return upper + (down * (lower - upper));
    }

    // The kernel ends at `reach` deviations; a deviation of 0 pixels changes nothing.
    public static float[] Gaussian(float[] plane, int height, int width, double deviation, double reach)
    {
        if (deviation <= 0)
        {
            return plane;
        }

        var half = (int)((reach * deviation) + 0.5);
        var kernel = Kernel(half, deviation);
        var across = new float[plane.Length];
        var result = new float[plane.Length];
        for (var i = 0; i < plane.Length; i++)
        {
            var (row, x) = (i / width * width, i % width);
            for (var k = -half; k <= half; k++)
            {
                across[i] += kernel[k + half] * plane[row + Mirror(x + k, width)];
            }
        }

        for (var i = 0; i < plane.Length; i++)
        {
            var (y, x) = (i / width, i % width);
            for (var k = -half; k <= half; k++)
            {
                result[i] += kernel[k + half] * across[(Mirror(y + k, height) * width) + x];
            }
        }

        return result;
    }

    public static float[] Square(float[] plane, int height, int width, float[] kernel, int half)
    {
        var result = new float[plane.Length];
        var side = (2 * half) + 1;
        for (var i = 0; i < plane.Length; i++)
        {
            var (y, x) = (i / width, i % width);
            for (var k = 0; k < kernel.Length; k++)
            {
                if (kernel[k] != 0)
                {
                    var (dy, dx) = ((k / side) - half, (k % side) - half);
                    result[i] += kernel[k] * plane[(Mirror(y + dy, height) * width) + Mirror(x + dx, width)];
                }
            }
        }

        return result;
    }

    // A blur along a line, to one side, with weights that fall off as a normal curve.
    public static float[] Motion(float[] plane, int height, int width, double radius, double deviation, double angle)
    {
        var (down, right) = Math.SinCos(angle * Math.PI / 180);
        var length = (2 * Math.Max(1, (int)Math.Round(radius))) + 1;
        var kernel = Kernel(length - 1, deviation)[(length - 1)..];
        var sum = kernel.Sum();
        var result = new float[plane.Length];
        for (var i = 0; i < plane.Length; i++)
        {
            var (y, x) = (i / width, i % width);
            for (var k = 0; k < length; k++)
            {
                result[i] += kernel[k] / sum * Sample(plane, height, width, y + (k * down), x + (k * right));
            }
        }

        return result;
    }

    // Weights of a normal curve from −half to half, which sum to 1.
    public static float[] Kernel(int half, double deviation)
    {
        var weights = Enumerable.Range(-half, (2 * half) + 1).Select(k => Math.Exp(-0.5 * k * k / (deviation * deviation))).ToArray();
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => (float)(weight / sum));
    }
}
