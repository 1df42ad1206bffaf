using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace NeuroTrails.Client.Report.Figures;

/// <summary>Makes of Skia's SVG one that scales, that editors can edit, and that a page can hold many of.</summary>
internal static partial class SvgText
{
    // For who has no Inter; words stay words.
    private const string Fonts = "Inter, Arial, Helvetica, sans-serif";

    // Gives it a size that scales, a title, and text that begins where it began but is set by whoever shows it.
    public static string Tidy(string svg, string title, int width, int height)
    {
        svg = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..];
        svg = TextTag().Replace(svg, tag => Attributes().Replace(tag.Value, First));
        svg = svg.Replace($"font-family=\"{Chart.FontName}\"", $"font-family=\"{Fonts}\"", StringComparison.Ordinal);
        // Few places are squares, not clouds.
        svg = svg.Replace("<image ", "<image style=\"image-rendering:pixelated\" ", StringComparison.Ordinal);
        svg = Numbered(svg);
        svg = Blank().Replace(svg, "><");
        svg = TextContent().Replace(svg, "$1$2$3");
        var open = string.Create(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"{width}\" height=\"{height}\" "
                + $"viewBox=\"0 0 {width} {height}\" role=\"img\"><title>{WebUtility.HtmlEncode(title)}</title>"
        );
        return OpenTag().Replace(svg, _ => open, 1).TrimEnd() + "\n";
    }

    // For a page: colours that follow it, and names that no other figure has.
    public static string Inline(string svg, string id)
    {
        svg = Names().Replace(svg, match => $"{match.Groups[1].Value}{id}-{match.Groups[2].Value}");
        var text = new StringBuilder(svg)
            .Replace(" xmlns=\"http://www.w3.org/2000/svg\"", string.Empty)
            .Replace(" xmlns:xlink=\"http://www.w3.org/1999/xlink\"", string.Empty)
            .Replace("xlink:href", "href");
        foreach (var (colour, name) in Chart.Themed)
        {
            text.Replace($"\"{colour}\"", $"\"var(--{name})\"");
        }

        return text.ToString().Trim();
    }

    // Skia counts through the life of the program; equal figures shall be equal files.
    private static string Numbered(string svg)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        return Names()
            .Replace(
                svg,
                match =>
                {
                    var name = match.Groups[2].Value;
                    if (!names.TryGetValue(name, out var number))
                    {
                        names[name] = number = FormattableString.Invariant($"n{names.Count}");
                    }

                    return match.Groups[1].Value + number;
                }
            );
    }

    private static string First(Match match) => $"{match.Groups[1].Value}=\"{match.Groups[2].Value}\"";

    [GeneratedRegex("<svg[^>]*>")]
    private static partial Regex OpenTag();

    [GeneratedRegex("<text[^>]*>")]
    private static partial Regex TextTag();

    [GeneratedRegex("\\b([xy])=\"([^,\"]*),[^\"]*\"")]
    private static partial Regex Attributes();

    [GeneratedRegex(">\\s+<")]
    private static partial Regex Blank();

    [GeneratedRegex("(<text[^>]*>)\\s*([^<]*?)\\s*(</text>)")]
    private static partial Regex TextContent();

    [GeneratedRegex("(\\bid=\"|url\\(#|href=\"#)([^\")]+)")]
    private static partial Regex Names();
}
