using System.Buffers;
using System.Globalization;
using System.Text;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

/// <summary>A random table, and the bytes of one of the many ways to write it.</summary>
internal sealed class WrittenTable
{
    private static readonly string[] Words = ["cat", "dog", "größer als", "a,b", "x;y", "t\tz", "say \"hi\" to", "no#1", "Ω", "z z"];
    private static readonly SearchValues<char> Special = SearchValues.Create(",;\t\"#\r\n");
    private readonly Random random;
    private readonly char delimiter;
    private readonly string end;
    private readonly List<string> pieces = [];
    private int line = 1;

    /// <param name="random">Decides everything.</param>
    /// <param name="faulty">Whether one row is spoilt.</param>
    public WrittenTable(Random random, bool faulty)
    {
        this.random = random;
        delimiter = ",;\t"[random.Next(3)];
        end = new[] { "\n", "\r\n", "\r" }[random.Next(3)];
        var (columns, rows, named) = (random.Next(1, 9), random.Next(1, random.Next(20) == 0 ? 400 : 12), Coin());
        var (label, bad) = (random.Next(columns + 1), faulty ? random.Next(rows) : -1);
        Values = [.. Enumerable.Range(0, columns * rows).Select(_ => Draw())];
        Classes =
        [
            .. Enumerable
                .Range(0, rows)
                .Select(_ => named ? Words[random.Next(Words.Length)] : random.Next(12).ToString(CultureInfo.InvariantCulture)),
        ];
        if (Coin())
        {
            var names = Enumerable
                .Range(0, columns + 1)
                .Select(i => i == label ? "kind" : $"{Words[random.Next(Words.Length)]}{(Coin() ? "" : end)}{i}n")
                .ToArray();
            Names = [.. names.Select(name => name.ReplaceLineEndings(" "))];
            WriteSkipped();
            Write(names.Select(Cell));
        }

        for (var row = 0; row < rows; row++)
        {
            WriteSkipped();
            Lines.Add(line);
            var cells = Values.Skip(row * columns).Take(columns).Select(Number).ToList();
            cells.Insert(label, named ? Classes[row] : Classes[row] + new[] { "", ".0", "e0" }[random.Next(3)]);
            var written = cells.ConvertAll(Cell);
            if (row == bad)
            {
                Spoil(written, label, isFirst: row == 0 && Names is null);
            }

            Write(written);
        }

        WriteSkipped();
        if (pieces[^1].Length == 0)
        {
            // Nothing at the end is no line but the end of the one before.
            pieces[^1] = " ";
        }

        var text = string.Join(end, pieces) + (Coin() ? end : "");
        var utf16 = random.Next(8) == 0;
        var encoding = utf16 ? Encoding.Unicode : Encoding.UTF8;
        Bytes = [.. utf16 || Coin() ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
        Options = new()
        {
            LabelColumn =
                label == columns && Coin() ? null
                : Names is not null && Coin() ? "kind"
                : (label + 1).ToString(CultureInfo.InvariantCulture),
            Header = Names is not null
                ? Coin()
                    ? "auto"
                    : "yes"
                : faulty || Coin()
                    ? "no"
                    : "auto",

            // Where a quote of the first row is never closed, what separates cells cannot be found in it.
            Delimiter = (bad == 0 && Names is null) || Coin() ? CsvDelimiter.NameOf(delimiter) : "auto",
        };
    }

    public string[]? Names { get; }

    public float[] Values { get; }

    public string[] Classes { get; }

    public List<int> Lines { get; } = [];

    public int Skipped { get; private set; }

    public (int Line, int Column) Fault { get; private set; }

    public DataOptions Options { get; }

    public byte[] Bytes { get; }

    private bool Coin() => random.Next(2) == 0;

    private float Draw() =>
        random.Next(3) switch
        {
            0 => random.Next(-20, 256),
            1 => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 12))),
            _ => random.Next(100) / 8f,
        };

    private string Number(float value) =>
        (value >= 0 && Coin() ? "+" : "") + value.ToString(Coin() ? "R" : "E9", CultureInfo.InvariantCulture);

    private string Cell(string value)
    {
        var quoted = value.AsSpan().ContainsAny(Special) || random.Next(4) == 0;
        var text = quoted ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
        return new string(' ', random.Next(6) / 4) + text + new string(' ', random.Next(6) / 4);
    }

    private void Write(IEnumerable<string> cells)
    {
        pieces.Add(string.Join(delimiter, cells));
        line += 1 + pieces[^1].Split(end).Length - 1;
    }

    private void WriteSkipped()
    {
        while (random.Next(5) == 0)
        {
            pieces.Add(new[] { "", "  ", "#", "# a, \"b; c" }[random.Next(4)]);
            Skipped++;
            line++;
        }
    }

    private void Spoil(List<string> cells, int label, bool isFirst)
    {
        var at = random.Next(cells.Count);
        var found = at + 1;
        switch (random.Next(isFirst ? 4 : 6))
        {
            case 0:
                cells[at] = at == label ? "?" : "red";
                break;
            case 1:
                cells[at] = new[] { "", " ", "?", "NA", "nan", "null", "\"\"" }[random.Next(7)];
                break;
            case 2:
                cells[at] = at == label ? "NA" : new[] { "1e99", "-Infinity" }[random.Next(2)];
                break;
            case 3:
                cells[at] = "\"" + cells[at].Trim().Trim('"');
                break;
            case 4:
                cells.Add("7");
                found = cells.Count;
                break;
            default:
                cells.RemoveAt(at);
                found = cells.Count + 1;
                break;
        }

        Fault = (line, found);
    }
}
