using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace NeuroTrails.Data;

/// <summary>The rows of a table, one after the other, as trimmed cells; blank lines and lines that begin with # are left out.</summary>
internal sealed class CsvRows : IDisposable
{
    // A quote that is never closed takes in all that follows; no cell of a table of numbers is this long.
    private const int LongestCell = 100_000;
    private readonly CsvParser parser;
    private readonly string source;
    private int column;

    public CsvRows(byte[] file, string source, char delimiter)
    {
        this.source = source;
        Delimiter = delimiter;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            AllowComments = true,
            TrimOptions = TrimOptions.Trim,
            MaxFieldSize = LongestCell,
            BadDataFound = found =>
                throw Fault(
                    column + 1,
                    $"the quotes of {CsvCell.Shown(found.Field)} do not match",
                    "quotes around the whole cell, those within it doubled"
                ),
        };
        parser = new CsvParser(CsvText.Open(file, source), configuration);
    }

    public char Delimiter { get; }

    // Line on which the row begins, from 1.
    public int Line { get; private set; }

    public int Skipped { get; private set; }

    public int Count => parser.Count;

    public string this[int index]
    {
        get
        {
            column = index;
            return parser[index].Trim();
        }
    }

    public bool Read()
    {
        while (true)
        {
            // What the parser calls a row is a line, but for line breaks within quotes.
            var (before, within) = (parser.Row, parser.RawRow - parser.Row);
            var found = Next(within);
            Line = parser.Row + within;
            Skipped += parser.Row - before - 1;
            if (found && (parser.Count > 1 || !string.IsNullOrWhiteSpace(parser.RawRecord)))
            {
                return true;
            }

            if (!found)
            {
                // A comment that ends the file without a line break.
                Skipped += parser.RawRecord.Length > 0 ? 1 : 0;
                return false;
            }

            Skipped++;
        }
    }

    public string[] Cells() => [.. Enumerable.Range(0, Count).Select(index => this[index])];

    public UserErrorException Fault(int number, string seen, string expected) =>
        DataError.Damaged($"{source}, line {Line}, column {number}", seen, expected);

    public void Dispose() => parser.Dispose();

    private bool Next(int within)
    {
        try
        {
            return parser.Read();
        }
        catch (MaxFieldSizeException)
        {
            Line = parser.Row + within;
            throw Fault(parser.Count + 1, $"a cell of over {LongestCell} characters", "shorter cells (a quote may never be closed)");
        }
    }
}
