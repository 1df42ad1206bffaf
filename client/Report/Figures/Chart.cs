using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace NeuroTrails.Client.Report.Figures;

/// <summary>How figures look: one font, which the program brings along, and colours that the colour-blind can tell apart.</summary>
internal static class Chart
{
    public const string FontName = "Inter";

    public const int Width = 640;

    public const int Height = 400;

    private const double TickDensity = 0.6;
    private const int FewNames = 6;
    private const string Ink = "#1C2024";
    private const string Faint = "#D9DCE0";
    private const string Quiet = "#7B828A";

    // M. Okabe, K. Ito: "Color universal design"; yellow left out, which white swallows.
    private static readonly string[] Series = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#6A51A3", "#8C564B"];
    private static readonly MarkerShape[] Shapes =
    [
        MarkerShape.FilledCircle,
        MarkerShape.FilledSquare,
        MarkerShape.FilledTriangleUp,
        MarkerShape.FilledDiamond,
        MarkerShape.FilledTriangleDown,
        MarkerShape.OpenCircle,
        MarkerShape.OpenSquare,
        MarkerShape.OpenTriangleUp,
    ];

    static Chart()
    {
        ScottPlot.Fonts.FontResolvers.Clear();
        ScottPlot.Fonts.FontResolvers.Add(new OwnFont());
        ScottPlot.Fonts.Default = FontName;
        ScottPlot.Fonts.Sans = FontName;
        ScottPlot.Fonts.Monospace = FontName;
        ScottPlot.Fonts.Serif = FontName;
    }

    public static SKTypeface Typeface { get; } = Load();

    // Colours in SVG that a page replaces by its own, with the names of these.
    public static IEnumerable<(string Colour, string Name)> Themed { get; } =
    [
        (Ink, "ink"),
        (Faint, "faint"),
        (Quiet, "quiet"),
        ("white", "paper"),
        ("#FFFFFF", "paper"),
        .. Series.Select((colour, index) => (colour, string.Create(CultureInfo.InvariantCulture, $"s{index}"))),
    ];

    public static Color InkColour { get; } = Color.FromHex(Ink);

    public static Color QuietColour { get; } = Color.FromHex(Quiet);

    // Colour of the i-th series; they come again after eight.
    public static Color Colour(int index) => Color.FromHex(Series[index % Series.Length]);

    // Where colours come again, markers and lines are others.
    public static MarkerShape Marker(int index) => Shapes[(index + (index / Series.Length)) % Shapes.Length];

    public static LinePattern Pattern(int index) =>
        (index / Series.Length) switch
        {
            0 => LinePattern.Solid,
            1 => LinePattern.Dashed,
            _ => LinePattern.Dotted,
        };

    public static Plot New(string x, string y)
    {
        var plot = new Plot();
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.Axes.Color(InkColour);
        plot.Grid.MajorLineColor = Color.FromHex(Faint);
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Left.MinorTickStyle.Length = 0;
        plot.Axes.Bottom.MinorTickStyle.Length = 0;
        plot.Axes.Left.TickGenerator = new NumericAutomatic { TickDensity = TickDensity };
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { TickDensity = TickDensity };
        plot.XLabel(x, 14);
        plot.YLabel(y, 14);
        return plot;
    }

    public static void Legend(Plot plot)
    {
        plot.Legend.FontColor = InkColour;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.BackgroundColor = Colors.White;
        plot.Legend.FontSize = 12;
        plot.ShowLegend(Edge.Bottom);
        plot.Legend.Orientation = Orientation.Horizontal;
    }

    public static void ColourBar(Plot plot, ScottPlot.Plottables.Heatmap map)
    {
        var axis = plot.Add.ColorBar(map).Axis;
        axis.TickLabelStyle.ForeColor = InkColour;
        axis.FrameLineStyle.Color = InkColour;
        axis.MajorTickStyle.Color = InkColour;
        axis.MinorTickStyle.Length = 0;
    }

    public static void Names(IAxis axis, IReadOnlyList<string> names, IEnumerable<double>? at = null)
    {
        axis.TickGenerator = new NumericManual(at?.ToArray() ?? [.. names.Select((_, index) => (double)index)], [.. names]);
        axis.MajorTickStyle.Length = 0;
    }

    /// <summary>Names of methods below a plot, slanted where they are many.</summary>
    public static void Methods(Plot plot, IReadOnlyList<string> names)
    {
        Names(plot.Axes.Bottom, names);
        if (names.Count > FewNames)
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = -45;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
            plot.Axes.Bottom.MinimumSize = 7 * Math.Clamp(names.Max(name => name.Length), 8, 30);
        }
    }

    public static void LargeTicks(IAxis axis) =>
        axis.TickGenerator = new NumericAutomatic { LabelFormatter = Large, TickDensity = TickDensity };

    // A large number in at most four digits: 21.3 M.
    public static string Large(double value)
    {
        var (scale, unit) = Math.Abs(value) switch
        {
            >= 1e18 => (1e18, " E"),
            >= 1e15 => (1e15, " P"),
            >= 1e12 => (1e12, " T"),
            >= 1e9 => (1e9, " G"),
            >= 1e6 => (1e6, " M"),
            >= 1e3 => (1e3, " k"),
            _ => (1.0, string.Empty),
        };
        return (value / scale).ToString("0.##", CultureInfo.InvariantCulture) + unit;
    }

    private static SKTypeface Load()
    {
        using var stream = typeof(Chart).Assembly.GetManifestResourceStream("report/inter-regular.otf")!;
        return SKTypeface.FromStream(stream);
    }

    private sealed class OwnFont : IFontResolver
    {
        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => Typeface;

        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => Typeface;
    }
}
