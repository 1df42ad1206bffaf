namespace NeuroTrails.Data;

/// <summary>Turns the coefficients of a component into samples of full size.</summary>
internal static class JpegPlane
{
    // Half the cosine of kπ/16, k from 0 to 8 (k = 0 already with the factor 1/√2 of the constant term): written out, so that no library's cosine is asked.
    private static readonly float[] Cosines =
        [0.35355339f, 0.49039264f, 0.46193977f, 0.41573481f, 0.35355339f, 0.27778512f, 0.19134172f, 0.09754516f, 0f];

    private static readonly float[] Basis = MakeBasis();

    /// <summary>The samples of a component at the image's size, [height, width], about 0 to 255.</summary>
    public static float[] Samples(JpegComponent component, ushort[] quantisation, JpegFrame frame)
    {
        var stride = component.BlocksAcross * 8;
        var plane = new float[stride * component.BlocksDown * 8];
        Span<float> block = stackalloc float[JpegScan.BlockSize];
        for (var row = 0; row < component.BlocksDown; row++)
        {
            for (var column = 0; column < component.BlocksAcross; column++)
            {
                Transform(component.Block(row, column), quantisation, block);
                for (var y = 0; y < 8; y++)
                {
                    block.Slice(y * 8, 8).CopyTo(plane.AsSpan((((row * 8) + y) * stride) + (column * 8)));
                }
            }
        }

        return Enlarge(plane, stride, component, frame);
    }

    // Inverse cosine transform: rows, then columns.
    private static void Transform(ReadOnlySpan<short> coefficients, ushort[] quantisation, Span<float> samples)
    {
        Span<float> half = stackalloc float[JpegScan.BlockSize];
        half.Clear();
        for (var k = 0; k < JpegScan.BlockSize; k++)
        {
            if (coefficients[k] == 0)
            {
                continue;
            }

            var value = (float)(coefficients[k] * quantisation[k]);
            for (var x = 0; x < 8; x++)
            {
                half[(k & 56) + x] += value * Basis[((k & 7) * 8) + x];
            }
        }

        samples.Fill(128);
        for (var v = 0; v < 8; v++)
        {
            for (var y = 0; y < 8; y++)
            {
                var weight = Basis[(v * 8) + y];
                for (var x = 0; x < 8; x++)
                {
                    samples[(y * 8) + x] += weight * half[(v * 8) + x];
                }
            }
        }

        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = Math.Clamp(MathF.Round(samples[i]), 0, 255);
        }
    }

    // Colour is often stored at half size: between its samples the values go over linearly, as their centres lie.
    private static float[] Enlarge(float[] plane, int stride, JpegComponent component, JpegFrame frame)
    {
        var (rows, columns) = (Places(frame.Height, component.Height, component.Down, frame.MostDown), Places(frame.Width, component.Width, component.Across, frame.MostAcross));
        var result = new float[frame.Height * frame.Width];
        for (var y = 0; y < frame.Height; y++)
        {
            var (above, below, share) = rows[y];
            for (var x = 0; x < frame.Width; x++)
            {
                var (left, right, part) = columns[x];
                var top = plane[(above * stride) + left] + (part * (plane[(above * stride) + right] - plane[(above * stride) + left]));
                var bottom = plane[(below * stride) + left] + (part * (plane[(below * stride) + right] - plane[(below * stride) + left]));
                result[(y * frame.Width) + x] = top + (share * (bottom - top));
            }
        }

        return result;
    }

    private static (int First, int Second, float Share)[] Places(int length, int stored, int factor, int most)
    {
        var places = new (int, int, float)[length];
        for (var i = 0; i < length; i++)
        {
            var place = ((i + 0.5f) * factor / most) - 0.5f;
            var before = (int)MathF.Floor(place);
            places[i] = (Math.Clamp(before, 0, stored - 1), Math.Clamp(before + 1, 0, stored - 1), place - before);
        }

        return places;
    }

    // Basis[u, x] = half the cosine of (2x + 1)uπ/16, by symmetry from one eighth of the circle.
    private static float[] MakeBasis()
    {
        var basis = new float[JpegScan.BlockSize];
        for (var u = 0; u < 8; u++)
        {
            for (var x = 0; x < 8; x++)
            {
                var angle = ((2 * x) + 1) * u % 32;
                angle = angle > 16 ? 32 - angle : angle;
                basis[(u * 8) + x] = u == 0 ? Cosines[0] : angle > 8 ? -Cosines[16 - angle] : Cosines[angle];
            }
        }

        return basis;
    }
}
