using SkiaSharp;

namespace NeuroTrails.Client.Report.Figures;

/// <summary>Words and pictures on a canvas.</summary>
internal static class Words
{
    private const string Cut = "…";

    // Colour of words, which a page replaces by its own.
    public static SKColor Ink { get; } = new(0x1C, 0x20, 0x24);

    public static void Draw(SKCanvas canvas, string text, float x, float y, SKFont font, SKPaint paint, float width)
    {
        var shown = text;
        while (shown.Length > 1 && font.MeasureText(shown) > width)
        {
            shown = shown.TrimEnd('…')[..^1] + Cut;
            if (shown == Cut)
            {
                break;
            }
        }

        canvas.DrawText(shown, x, y, SKTextAlign.Left, font, paint);
    }

    public static void Picture(SKCanvas canvas, int width, int height, byte[] rgb, SKRect place)
    {
        // Enlarged here: what shows an SVG would blur few pixels.
        var scale = Math.Max(1, (int)Math.Ceiling(2 * place.Width / width));
        using var bitmap = new SKBitmap(width * scale, height * scale, SKColorType.Rgba8888, SKAlphaType.Opaque);
        var pixels = bitmap.GetPixelSpan();
        for (var y = 0; y < height * scale; y++)
        {
            for (var x = 0; x < width * scale; x++)
            {
                var (from, to) = (3 * ((y / scale * width) + (x / scale)), 4 * ((y * width * scale) + x));
                (pixels[to], pixels[to + 1], pixels[to + 2], pixels[to + 3]) = (rgb[from], rgb[from + 1], rgb[from + 2], 255);
            }
        }

        using var image = SKImage.FromBitmap(bitmap);
        canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Nearest));
    }
}
