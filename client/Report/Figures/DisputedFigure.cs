using NeuroTrails.Client.Display;
using NeuroTrails.Running;
using SkiaSharp;

namespace NeuroTrails.Client.Report.Figures;

/// <summary>The samples on which the members disagree most.</summary>
internal static class DisputedFigure
{
    private const int Columns = 4;
    private const int Side = 96;
    private const int CellWidth = 170;
    private const int Line = 15;
    private const int MostVotes = 6;

    // One figure a method that has members to disagree; of its first run.
    public static IEnumerable<ReportFigure> Of(IReadOnlyList<ReportGroup> groups)
    {
        foreach (var (index, group) in groups.Index())
        {
            if (group.Runs.FirstOrDefault(run => run.Evidence?.Disputed.Count > 0) is { } run)
            {
                yield return Of(group, index, run);
            }
        }
    }

    private static PictureFigure Of(ReportGroup group, int index, ReportRun run)
    {
        var seen = run.Evidence!;
        var votes = Math.Min(MostVotes, seen.Disputed.Max(sample => sample.Members.Count));
        var height = Side + ((2 + votes) * Line) + 24;
        var columns = Math.Min(Columns, seen.Disputed.Count);
        return new(
            FormattableString.Invariant($"disputed-{index + 1}"),
            $"Where the members of {group.Name} disagree most",
            $"Samples of the {seen.Split} split with the most mutual information of prediction and member ({MaskFigures.About(run)}): "
                + "the true class, the ensemble's, and the members' with their probabilities.",
            new(
                ["sample", "true class", "ensemble", "mutual information [nats]", "members"],
                [
                    .. seen.Disputed.Select(sample =>
                        (IReadOnlyList<Cell>)
                            [
                                new(FormattableString.Invariant($"{sample.Index}"), sample.Index),
                                Name(seen, sample.Label),
                                Name(seen, sample.Predicted),
                                Cell.Of(sample.MutualInformation, value => Readable.Fine(value)),
                                string.Join(", ", sample.Members.Select((vote, at) => $"{seen.Figures.Member} {at}: {Vote(seen, vote)}")),
                            ]
                    ),
                ]
            ),
            canvas => Paint(canvas, seen, columns, height, votes)
        )
        {
            Width = columns * CellWidth,
            Height = (seen.Disputed.Count + columns - 1) / columns * height,
        };
    }

    private static void Paint(SKCanvas canvas, RunEvidence seen, int columns, int height, int votes)
    {
        using var font = new SKFont(Chart.Typeface, 11);
        using var ink = new SKPaint { Color = Words.Ink, IsAntialias = true };
        using var frame = new SKPaint
        {
            Color = Words.Ink,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 0.5f,
        };
        foreach (var (at, sample) in seen.Disputed.Index())
        {
            var (x, y) = (at % columns * CellWidth, at / columns * height);
            if (sample.Picture is { } picture)
            {
                var scale = (float)Side / Math.Max(picture.Width, picture.Height);
                var place = SKRect.Create(x + 1, y + 1, picture.Width * scale, picture.Height * scale);
                Words.Picture(canvas, picture.Width, picture.Height, picture.Rgb, place);
                canvas.DrawRect(place, frame);
            }
            else
            {
                Write($"sample {Readable.Count(sample.Index)}", (Side / 2) + 4);
            }

            Write($"true: {Name(seen, sample.Label)}", Side + Line);
            Write($"ensemble: {Name(seen, sample.Predicted)}", Side + (2 * Line));
            foreach (var (member, vote) in sample.Members.Take(votes).Index())
            {
                Write(FormattableString.Invariant($"{seen.Figures.Member} {member}: {Vote(seen, vote)}"), Side + ((3 + member) * Line));
            }

            void Write(string text, float below) => Words.Draw(canvas, text, x, y + below, font, ink, CellWidth - 10);
        }
    }

    private static string Vote(RunEvidence seen, MemberVote vote) => $"{Name(seen, vote.Class)} {Readable.Share(vote.Probability)}";

    private static string Name(RunEvidence seen, int label) => seen.ClassNames?[label] ?? FormattableString.Invariant($"class {label}");
}
