using System.Globalization;
using NeuroTrails.Configuration;

namespace NeuroTrails.Data;

/// <summary>Which column of a table holds the class.</summary>
internal static class CsvLabelColumn
{
    private const string Option = "data.label_column";
    private static readonly string[] Usual = ["class", "label", "target"];

    // Finds the column by name, by number or, where neither is said, as the last one.
    public static int Find(string? wanted, string[]? names, int columns, string source)
    {
        if (wanted is null)
        {
            return Last(names, columns, source);
        }

        if (Array.IndexOf(names ?? [], wanted) is var found and >= 0)
        {
            var last = Array.LastIndexOf(names!, wanted);
            return last == found
                ? found
                : throw DataError.Option(Option, $"'{wanted}', the name of columns {found + 1} and {last + 1} of {source},", "a number");
        }

        if (int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= columns)
        {
            return number - 1;
        }

        var guess = Nearest.Guess(wanted, names ?? []);
        var known = names is null ? $" ({source} has no header, so no names)" : $", or a name in the header of {source}{guess}";
        throw DataError.Option(Option, $"'{wanted}'", $"a number from 1 to {columns}{known}");
    }

    private static int Last(string[]? names, int columns, string source)
    {
        // Many exports have the class in front; the last column would be learnt in its place without a word.
        var called = Array.FindIndex(names ?? [], IsUsual);
        if (called >= 0 && called != columns - 1 && !IsUsual(names![^1]))
        {
            throw new UserErrorException(
                $"{source}: column {called + 1} is called '{names[called]}', but the class is read from the last column, '{names[^1]}'. "
                    + $"Set {Option} to the one that holds the class, such as --set {Option}={called + 1}."
            );
        }

        return columns - 1;
    }

    private static bool IsUsual(string name) => Usual.Contains(name, StringComparer.OrdinalIgnoreCase);
}
