using SkiaSharp;

namespace NeuroTrails.Client.Report.Figures;

/// <summary>A figure of a report, with the numbers that it shows.</summary>
/// <param name="Id">Name of its files and of its place in the page: small letters, digits, hyphens.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it; the text below it in a paper.</param>
/// <param name="Table">Its numbers.</param>
internal abstract record ReportFigure(string Id, string Title, string Caption, ReportTable Table)
{
    private const int PixelsPerUnit = 2;

    public required int Width { get; init; }

    public required int Height { get; init; }

    protected abstract void Draw(SKCanvas canvas);

    // The figure as a PNG image, two pixels a point.
    public byte[] Png()
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width * PixelsPerUnit, Height * PixelsPerUnit));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale(PixelsPerUnit);
        Draw(surface.Canvas);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    public string Svg()
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(Width, Height), stream))
        {
            Draw(canvas);
        }

        return SvgText.Tidy(System.Text.Encoding.UTF8.GetString(stream.ToArray()), Title, Width, Height);
    }
}

/// <summary>A figure that ScottPlot draws.</summary>
internal sealed record PlotFigure(string Id, string Title, string Caption, ReportTable Table, ScottPlot.Plot Plot)
    : ReportFigure(Id, Title, Caption, Table)
{
    protected override void Draw(SKCanvas canvas) => Plot.Render(canvas, Width, Height);
}

/// <summary>A figure of pictures and words.</summary>
internal sealed record PictureFigure(string Id, string Title, string Caption, ReportTable Table, Action<SKCanvas> Paint)
    : ReportFigure(Id, Title, Caption, Table)
{
    protected override void Draw(SKCanvas canvas) => Paint(canvas);
}
