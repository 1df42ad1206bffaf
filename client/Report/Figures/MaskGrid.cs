using NeuroTrails.Client.Display;
using NeuroTrails.Running;
using SkiaSharp;

namespace NeuroTrails.Client.Report.Figures;

/// <summary>The masks of a checkpoint side by side: a row a layer, a column an owner.</summary>
internal static class MaskGrid
{
    private const int Side = 96;
    private const int Gap = 10;
    private const int Left = 130;
    private const int Top = 26;
    private const int MostColumns = 9;

    public static PictureFigure Of(ReportGroup group, int index, ReportRun run)
    {
        var masks = run.Evidence!.Masks;
        var owners = masks.Select(mask => mask.Owner).Distinct().Take(MostColumns).ToList();
        var shown = masks.Where(mask => owners.Contains(mask.Owner)).ToList();
        var layers = shown.Select(mask => mask.Layer).Distinct().ToList();
        return new(
            FormattableString.Invariant($"masks-{index + 1}"),
            $"Masks of {group.Name}",
            $"Active weights at the end (step {Readable.Count(run.Evidence.Step)}, {MaskFigures.About(run)}): rows are outputs, "
                + "columns inputs with their places in the kernel; black is a place where all are active, white one where none is. Large "
                + "tensors are averaged to 64 by 64 places."
                + (shown.Count < masks.Count ? $" The first {Readable.Count(owners.Count, "owner")}." : string.Empty),
            new(
                ["layer", "owner", "active", "positions", "density"],
                [
                    .. masks.Select(mask =>
                        (IReadOnlyList<Cell>)
                            [
                                mask.Layer,
                                mask.Owner,
                                new(Readable.Count(mask.Active), mask.Active),
                                new(Readable.Count(mask.Positions), mask.Positions),
                                Cell.Of((double)mask.Active / mask.Positions, value => Readable.Fine(value)),
                            ]
                    ),
                ]
            ),
            canvas => Paint(canvas, shown, layers, owners)
        )
        {
            Width = Left + (owners.Count * (Side + Gap)),
            Height = Top + (layers.Count * (Side + Gap)),
        };
    }

    private static void Paint(SKCanvas canvas, List<MaskPicture> masks, List<string> layers, List<string> owners)
    {
        using var font = new SKFont(Chart.Typeface, 12);
        using var ink = new SKPaint { Color = Words.Ink, IsAntialias = true };
        using var frame = new SKPaint
        {
            Color = Words.Ink,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 0.5f,
        };
        foreach (var (column, owner) in owners.Index())
        {
            Words.Draw(canvas, owner, Left + (column * (Side + Gap)), 16, font, ink, Side);
        }

        foreach (var (row, layer) in layers.Index())
        {
            Words.Draw(canvas, MaskFigures.Short(layer), 0, Top + (row * (Side + Gap)) + (Side / 2), font, ink, Left - Gap);
        }

        foreach (var mask in masks)
        {
            var place = SKRect.Create(
                Left + (owners.IndexOf(mask.Owner) * (Side + Gap)),
                Top + (layers.IndexOf(mask.Layer) * (Side + Gap)),
                Side,
                Side
            );
            var shades = mask.Density.Select(density => (byte)Math.Round(255 * (1 - density))).ToArray();
            Words.Picture(canvas, mask.Columns, mask.Rows, [.. shades.SelectMany(shade => new[] { shade, shade, shade })], place);
            canvas.DrawRect(place, frame);
        }
    }
}
