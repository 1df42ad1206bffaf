using System.Globalization;

namespace NeuroTrails.Client.Display;

/// <summary>Numbers as people read them, the same in every culture.</summary>
internal static class Readable
{
    private const int FewHeads = 8;

    /// <summary>A share to three digits: 0.912.</summary>
    public static string Share(double? value) => Fixed(value, "0.000");

    /// <summary>A share to four digits: 0.9123.</summary>
    public static string Fine(double? value) => Fixed(value, "0.0000");

    /// <summary>Any number, in four or five digits: 40, 0.25, 1.5e-05, 2.19e22.</summary>
    public static string Any(double value) =>
        value != 0 && Math.Abs(value) < 0.001 ? value.ToString("0.###e-00", CultureInfo.InvariantCulture) : Fixed(value, "0.####");

    /// <summary>A whole number with separators: 1,234,567.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>So many of something: 1 head, 2 heads.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The word for one; an s is added for others.</param>
    /// <param name="many">The word for others, where an s is not enough.</param>
    public static string Count(long count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>The plural of a word for members: heads, members, passes.</summary>
    public static string Plural(string one) => one + (one.EndsWith('s') ? "es" : "s");

    /// <summary>Where a run stands after some steps, the first of which is step 1.</summary>
    public static string At(long step) => step == 0 ? "before step 1" : $"at step {Count(step)}";

    /// <summary>A large number in three or four digits: 21.30 M.</summary>
    public static string Large(long value)
    {
        var (scale, unit) = Math.Abs((double)value) switch
        {
            >= 1e18 => (1e18, " E"),
            >= 1e15 => (1e15, " P"),
            >= 1e12 => (1e12, " T"),
            >= 1e9 => (1e9, " G"),
            >= 1e6 => (1e6, " M"),
            >= 1e3 => (1e3, " k"),
            _ => (1.0, string.Empty),
        };
        return scale == 1 ? Count(value) : (value / scale).ToString("0.00", CultureInfo.InvariantCulture) + unit;
    }

    /// <summary>The same for numbers beyond whole ones.</summary>
    public static string Large(double value) => value < 1e18 ? Large((long)value) : Fixed(value, "0");

    /// <summary>A span of time: 42s, 3m 07s, 2h 05m, 3d 04h.</summary>
    public static string Span(TimeSpan span) =>
        span switch
        {
            { TotalSeconds: < 59.5 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.TotalSeconds):0}s"),
            { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes}m {span.Seconds:00}s"),
            { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours}h {span.Minutes:00}m"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays}d {span.Hours:00}h"),
        };

    /// <summary>A value of each head: all of them where they are few, else the lowest, the middle one and the highest.</summary>
    /// <param name="values">The values.</param>
    /// <param name="one">What a head is called.</param>
    public static string Heads(IReadOnlyList<double> values, string one = "head") =>
        IsMany(values.Count)
            ? $"{string.Join('–', Spread(values).Select(value => Share(value)))} "
                + $"(min–median–max of {Count(values.Count, one, Plural(one))})"
            : string.Join(' ', values.Select(value => Share(value)));

    /// <summary>Whether so many heads are too many to be shown one by one.</summary>
    public static bool IsMany(int heads) => heads > FewHeads;

    /// <summary>Least, median and greatest; what is not a number comes last, so that it is seen.</summary>
    /// <param name="values">At least one value.</param>
    public static double[] Spread(IEnumerable<double> values)
    {
        var ordered = values.OrderBy(double.IsNaN).ThenBy(value => value).ToArray();
        var middle = ordered.Length / 2;
        return [ordered[0], ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2, ordered[^1]];
    }

    // Twenty digits say less than two and an exponent.
    private static string Fixed(double? value, string format) =>
        value switch
        {
            null => "–",
            { } number when double.IsNaN(number) => "NaN",
            { } number when double.IsInfinity(number) => number > 0 ? "∞" : "-∞",
            { } number when Math.Abs(number) >= 1e6 => number.ToString("0.00e0", CultureInfo.InvariantCulture),
            { } number => number.ToString(format, CultureInfo.InvariantCulture),
        };
}
