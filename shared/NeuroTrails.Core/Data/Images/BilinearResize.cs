namespace NeuroTrails.Data;

/// <summary>
/// Scales part of an image by a triangle filter that widens when shrinking, so that nothing is skipped: what Pillow calls BILINEAR and
/// torch "bilinear, antialiased". The part is cut out first: pixels around it have no influence.
/// </summary>
internal static class BilinearResize
{
    public static void Plane(ReadOnlySpan<float> source, int height, int width, Span<float> target, int rows, int columns)
    {
        var across = Weights(width, columns);
        var narrow = new float[height * columns];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var (first, weights) = across[x];
                var sum = 0f;
                for (var i = 0; i < weights.Length; i++)
                {
                    sum += weights[i] * source[(y * width) + first + i];
                }

                narrow[(y * columns) + x] = sum;
            }
        }

        var down = Weights(height, rows);
        for (var y = 0; y < rows; y++)
        {
            var (first, weights) = down[y];
            var line = target.Slice(y * columns, columns);
            line.Clear();
            for (var i = 0; i < weights.Length; i++)
            {
                var from = narrow.AsSpan((first + i) * columns, columns);
                for (var x = 0; x < columns; x++)
                {
                    line[x] += weights[i] * from[x];
                }
            }
        }
    }

    // For every output position the first input it takes from and the weights, which sum to 1.
    private static (int First, float[] Weights)[] Weights(int from, int to)
    {
        var scale = (double)from / to;
        var reach = Math.Max(scale, 1);
        var result = new (int, float[])[to];
        for (var i = 0; i < to; i++)
        {
            var centre = (i + 0.5) * scale;
            var first = Math.Max((int)(centre - reach + 0.5), 0);
            var last = Math.Min((int)(centre + reach + 0.5), from);
            var weights = new double[last - first];
            for (var w = 0; w < weights.Length; w++)
            {
                weights[w] = Math.Max(1 - (Math.Abs(first + w + 0.5 - centre) / reach), 0);
            }

            var sum = weights.Sum();
            result[i] = (first, Array.ConvertAll(weights, weight => (float)(weight / sum)));
        }

        return result;
    }
}
