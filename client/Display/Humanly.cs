using System.Globalization;

namespace NeuroTrails.Client.Display;

/// <summary>Numbers as people read them, the same in every culture.</summary>
internal static class Humanly
{
    /// <summary>A share to three digits: 0.912.</summary>
    public static string Share(double? value) => Fixed(value, "0.000");

    /// <summary>A share to four digits: 0.9123.</summary>
    public static string Fine(double? value) => Fixed(value, "0.0000");

    /// <summary>A whole number with separators: 1,234,567.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A large number in three or four digits: 21.30 M.</summary>
    public static string Large(long value)
    {
        var (scale, unit) = Math.Abs(value) switch
        {
            >= 1_000_000_000_000 => (1e12, " T"),
            >= 1_000_000_000 => (1e9, " G"),
            >= 1_000_000 => (1e6, " M"),
            >= 1_000 => (1e3, " k"),
            _ => (1.0, string.Empty),
        };
        return scale == 1 ? Count(value) : (value / scale).ToString("0.00", CultureInfo.InvariantCulture) + unit;
    }

    /// <summary>A span of time: 42s, 3m 07s, 2h 05m, 3d 04h.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 59.5 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.TotalSeconds):0}s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes}m {span.Seconds:00}s"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours}h {span.Minutes:00}m"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays}d {span.Hours:00}h"),
    };

    /// <summary>Several values with blanks between them.</summary>
    public static string Shares(IEnumerable<double> values) => string.Join(' ', values.Select(value => Share(value)));

    private static string Fixed(double? value, string format) => value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : "–";
}
