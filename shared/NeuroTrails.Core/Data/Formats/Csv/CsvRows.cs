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

    /// <summary>Begins before the first row.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="source">Its name for messages.</param>
    /// <param name="delimiter">What separates cells.</param>
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

    /// <summary>What separates cells.</summary>
    public char Delimiter { get; }

    /// <summary>Line on which the row begins, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Blank lines and comments that were left out so far.</summary>
    public int Skipped { get; private set; }

    /// <summary>Cells in the row.</summary>
    public int Count => parser.Count;

    /// <summary>A cell of the row, without blanks around it.</summary>
    /// <exception cref="UserErrorException">Its quotes do not match.</exception>
    public string this[int index]
    {
        get
        {
            column = index;
            return parser[index].Trim();
        }
    }

    /// <summary>Goes on to the next row.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="UserErrorException">A cell is far too long.</exception>
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

    /// <summary>The cells of the row.</summary>
    public string[] Cells() => [.. Enumerable.Range(0, Count).Select(index => this[index])];

    /// <summary>The error of a cell of the row.</summary>
    /// <param name="number">Column, from 1.</param>
    /// <param name="seen">What was found.</param>
    /// <param name="expected">What is allowed.</param>
    public UserErrorException Fault(int number, string seen, string expected) =>
        DataError.Damaged($"{source}, line {Line}, column {number}", seen, expected);

    /// <inheritdoc/>
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
