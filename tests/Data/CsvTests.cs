using System.Text;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class CsvTests
{
    private static readonly DataOptions Default = new();

    [Theory]
    [InlineData("a,b,class\n1,2.5,0\n-3,4e2,1\n")]
    [InlineData("1,2.5,0\r\n-3,4e2,1")]
    [InlineData("1,2.5,0\r-3,4e2,1\r")]
    [InlineData("a,b,class\r\n\r\n 1, 2.5, 0 \n-3,4e2,1\n\n")]
    [InlineData("\uFEFF1,2.5,0\n-3,4e2,1\n")]
    [InlineData("\uFEFFa;b;class\n1;2.5;0\n-3;4e2;1\n")]
    [InlineData("a\tb\tclass\n1\t2.5\t0\n-3\t4e2\t1\n")]
    [InlineData("# by hand, with \"one quote\n\"a\",\"b, in \"\"mm\"\"\",\"class\"\n\"1\", \"2.5\" ,0\n#-3,4e2,1\n\"-3\",4e2,1.0\n# end")]
    [InlineData(",b,class\n1,2.5,0\n-3,4e2,1e0\n")]
    public void Reads_rows_in_many_dialects(string text)
    {
        var table = Parse(text);
        Assert.Equal(2, table.Columns);
        Assert.Equal([1, 2.5f, -3, 400], table.Values);
        Assert.Equal([0, 1], CsvLabels.Of(table, table).Train);
    }

    [Fact]
    public void A_header_is_a_first_row_without_numbers_unless_it_is_said()
    {
        // The head that a data frame without names gets is a row like another, unless somebody says what it is.
        const string Numbered = "0,1,2\n5,6,1\n";
        Assert.Equal([0, 1, 5, 6], Parse(Numbered).Values);
        Assert.Equal([5, 6], Parse(Numbered, Default with { Header = "yes" }).Values);
        Assert.Equal(["0", "1", "2"], Parse(Numbered, Default with { Header = "yes" }).Names!);
        Assert.Equal(["a", "b", "c"], Parse("a,b,c\n5,6,1\n").Names!);
        Assert.Contains(
            "line 1, column 1: 'a' is no number",
            Fault("a,b,c\n5,6,1\n", Default with { Header = "no" }),
            StringComparison.Ordinal
        );
        Assert.Contains("set data.header=yes", Fault("id,2019,class\n5,6,1\n"), StringComparison.Ordinal);
        Assert.Contains("line 1, column 1: no value ('?')", Fault("?,?,cat\n5,6,dog\n"), StringComparison.Ordinal);
        Assert.Equal([float.NaN, float.NaN, 5, 6], Parse("?,?,cat\n5,6,dog\n", Default with { Missing = "mean" }).Values);
    }

    [Theory]
    [InlineData("1,2;3,4,a;b\n", ',', "2;3")]
    [InlineData("1,5;2,5;0\n", ';', "1,5")]
    [InlineData("\"a,b,c\";\"d;e\";f\n1,5;2;3\n", ';', "1,5")]
    [InlineData("1,5\t2,5\t0\n", '\t', "1,5")]
    public void The_separator_is_what_the_first_row_has_most_of(string text, char separator, string refused)
    {
        Assert.Equal(separator, CsvDelimiter.Of("auto", new StringReader(text)));
        Assert.Contains($"'{refused}' is no number", Fault(text), StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_separator_is_used()
    {
        Assert.Equal(["2;b"], Parse("1,2;b\n", Default with { Delimiter = "comma" }).Labels);
        Assert.Equal(["x,y"], Parse("1;x,y\n", Default with { Delimiter = "semicolon" }).Labels);
        Assert.Contains("one column ('1,2')", Fault("1,2\n", Default with { Delimiter = "tab" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind", 0)]
    [InlineData("1", 0)]
    [InlineData("2", 2)]
    [InlineData("3", 2)]
    [InlineData(null, 2)]
    public void The_class_is_read_from_the_column_that_is_named_or_numbered(string? wanted, int column)
    {
        // A name goes before a number: the last column is called 2.
        var table = Parse("kind,a,2\n7,8,9\n", Default with { Header = "yes", LabelColumn = wanted });
        Assert.Equal(column, table.LabelColumn);
        Assert.Equal(column == 0 ? ["7"] : ["9"], table.Labels);
        Assert.Equal(column == 0 ? [8f, 9f] : [7f, 8f], table.Values);
    }

    [Theory]
    [InlineData("a,b,c\n1,2,3\n", "4", "data.label_column: '4' is not possible; allowed: a number from 1 to 3, or a name in the header")]
    [InlineData("a,b,clas\n1,2,3\n", "class", "did you mean `clas`?")]
    [InlineData("1,2,3\n", "c", "has no header")]
    [InlineData("1,2,3\n", "0", "a number from 1 to 3")]
    [InlineData("1,2,3\n", "-1", "a number from 1 to 3")]
    [InlineData("a,c,c\n1,2,3\n", "c", "the name of columns 2 and 3")]
    [InlineData(
        "Label,p0,p1\n1,2,3\n",
        null,
        "column 1 is called 'Label', but the class is read from the last column, 'p1'. Set data.label_column"
    )]
    public void A_column_that_cannot_be_meant_is_refused(string text, string? wanted, string part) =>
        Assert.Contains(part, Fault(text, Default with { LabelColumn = wanted }), StringComparison.Ordinal);

    [Fact]
    public void Names_of_classes_are_sorted_by_their_letters_codes()
    {
        var labels = CsvLabels.Of(Parse("1,b\n2,a\n3,Z\n4,é\n5,b\n"), Parse("1,Z\n2,b\n"));
        Assert.Equal(["Z", "a", "b", "é"], labels.Names!);
        Assert.Equal([2, 1, 0, 3, 2], labels.Train);
        Assert.Equal([0, 2], labels.Test);
        Assert.Equal(4, labels.Classes);

        // One name among numbers makes them all names.
        Assert.Equal(["0", "10", "9", "other"], CsvLabels.Of(Parse("1,10\n1,9\n1,0\n1,other\n"), Parse("1,9\n")).Names!);
        Assert.Contains("file, line 2, column 2: the class 'c'; expected", Refused("1,a\n2,b\n", "1,a\n2,c\n"), StringComparison.Ordinal);
        Assert.Contains("file, line 2, column 2: the class 'x'; expected", Refused("1,0\n2,1\n", "1,0\n2,x\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,2,0.5\n", "line 1, column 3: the class '0.5'")]
    [InlineData("1,2,0\n1,2,-1\n", "line 2, column 3: the class '-1'")]
    [InlineData("a,b,c\n1,2,0\n\n1,2,1e9\n", "line 4, column 3 ('c'): the class '1e9'")]
    [InlineData("1,2,0\n1,2,inf\n", null)]
    [InlineData("1,2,0\n1,2,Infinity\n", "line 2, column 3: the class 'Infinity'")]
    public void Numbers_that_are_no_classes_are_refused(string text, string? part)
    {
        if (part is null)
        {
            Assert.Equal(["0", "inf"], CsvLabels.Of(Parse(text), Parse(text)).Names!);
            return;
        }

        Assert.Contains(part, Refused(text, text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "line 1, column 1: the file is empty")]
    [InlineData("\n# nothing\n", "line 2, column 1: the file is empty")]
    [InlineData("a,b\n", "line 2, column 1: a header and no rows")]
    [InlineData("1,2,0\n1,0\n", "line 2, column 3: a row of 2 cells; expected 3 as in line 1")]
    [InlineData("a,b,c\n1,2,0\n\n1,2,0,\n", "line 4, column 4: a row of 4 cells; expected 3 as in line 1")]
    [InlineData("1,x,0\n", "line 1, column 2: 'x' is no number")]
    [InlineData("a,b,c\n1,2,0\n1,red,0\n", "line 3, column 2: 'b': 'red' is no number")]
    [InlineData("5\n", "line 1, column 1: one column ('5')")]
    [InlineData("1,inf,0\n1,2,1\n", "line 1, column 2: 'inf' is no number")]
    [InlineData("1,2,0\n1,-Infinity,0\n", "line 2, column 2: '-Infinity'; expected a finite number")]
    [InlineData("1,2,0\n1e39,2,0\n", "line 2, column 1: '1e39'; expected a finite number")]
    [InlineData("1,2,0\n1,,0\n", "line 2, column 2: no value ('')")]
    [InlineData("a,b,c\n1,na,0\n", "line 2, column 2: 'b': no value ('na')")]
    [InlineData("1,NaN,0\n", "line 1, column 2: no value ('NaN')")]
    [InlineData("1,2,0\n1,2,?\n", "line 2, column 3: no class ('?')")]
    [InlineData("1,2,0\n1,\"2,0\n1,2,0\n", "line 2, column 2: the quotes of '\"2,0 1,2,0 ' do not match")]
    [InlineData("\"a\nb\",c,d\n1,2,0\n1,\"2,0\n", "line 4, column 2: the quotes of")]
    [InlineData("1,2\"3,0\n", "line 1, column 2: the quotes of '2\"3' do not match")]
    [InlineData("1,2,\"a\" b\n", "line 1, column 3: the quotes of '\"a\" b' do not match")]
    [InlineData("1,2,\"a\n2,b\"\n", "line 1, column 3: the class 'a 2,b' over two lines")]
    public void Faults_name_line_and_column(string text, string part) =>
        Assert.Contains("file, " + part, Fault(text), StringComparison.Ordinal);

    [Fact]
    public void A_cell_that_never_ends_is_refused_before_it_fills_the_memory()
    {
        var text = "1,2,0\n\n1,\"" + new string('3', 200_000);
        Assert.Contains("file, line 3, column 2: a cell of over 100000 characters", Fault(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused_and_utf16_with_its_mark_is_read()
    {
        var latin = Encoding.Latin1.GetBytes("1,2,ä\n3,4,ö\n");
        var fault = Assert.Throws<UserErrorException>(() => CsvTable.Parse(latin, "file", Default)).Message;
        Assert.Contains("file, line 1: byte 5 is no UTF-8", fault, StringComparison.Ordinal);
        byte[] wide = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("1\t2\tä\n3\t4\tö\n")];
        Assert.Equal(["ä", "ö"], CsvTable.Parse(wide, "file", Default).Labels);
    }

    [Fact]
    public void Missing_values_take_the_mean_of_the_training_rows()
    {
        var options = Default with { Missing = "mean" };
        var (train, test) = (Parse("1,?,0\n2,10,0\n,30,1\n", options), Parse("NA,NaN,0\n7,8,1\n", options));
        Assert.Equal(4, CsvGaps.Fill(train, test));
        Assert.Equal([1, 20, 2, 10, 1.5f, 30], train.Values);
        Assert.Equal([1.5f, 20, 7, 8], test.Values);
        var without = Parse("a,b,c\n1,?,0\n2,?,0\n", options);
        Assert.Contains(
            "column 2 ('b'): no row has a value",
            Assert.Throws<UserErrorException>(() => CsvGaps.Fill(without, without)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Two_tables_open_as_splits_and_say_what_was_found()
    {
        using var folder = new TempFolder();
        folder.Write("train.csv", Encoding.UTF8.GetBytes("\uFEFF# made by hand\nkind;x;y\ncat;1;2\ndog;3;?\ncat;5;8\n"));
        folder.Write("test.csv", Encoding.UTF8.GetBytes("dog\t1\t0\n"));
        var options = Default with { Name = "csv", Path = folder.Root, Validation = 0, LabelColumn = "1", Missing = "mean" };
        var splits = DataSetCatalogue.Open(options, 1);
        Assert.Equal(["cat", "dog"], splits.Test!.ClassNames);
        Assert.Equal(
            (3, 1, 2, SampleShape.Vector(2), 1),
            (splits.Train.Count, splits.Test!.Count, splits.Classes, splits.Shape, splits.Test!.Label(0))
        );
        Assert.Equal(
            [
                "train.csv: 3 rows of 2 values, the class in column 1 ('kind'), separated by semicolons, with a header, 1 blank line or "
                    + "comment left out",
                "test.csv: 1 row of 2 values, the class in column 1, separated by tabs, no header",
                "cells without a value that took the mean of their column in train.csv: 1",
            ],
            splits.Notices
        );
        folder.Write("test.csv", Encoding.UTF8.GetBytes("kind;y;x\ndog;1;2\n"));
        Assert.Contains(
            "column 2 is called 'y'; expected 'x'",
            Assert.Throws<UserErrorException>(() => DataSetCatalogue.Open(options, 1)).Message,
            StringComparison.Ordinal
        );
        folder.Write("test.csv", Encoding.UTF8.GetBytes("dog;1\n"));
        Assert.Contains(
            "2 columns; expected 3",
            Assert.Throws<UserErrorException>(() => DataSetCatalogue.Open(options, 1)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Damaged_tables_are_refused_or_read_but_never_crash()
    {
        var intact = Encoding.UTF8.GetBytes(
            "a,\"b\",class\n#\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"{i},\"{i * 0.5}\",{i % 3}\n"))
        );
        Fuzz.Mutate(intact, intact.Length, 5000, 9, bytes => CsvTable.Parse(bytes, "fuzz", Default));
    }

    [Fact]
    public void Real_optdigits_have_their_known_sums()
    {
        var splits = DataSetCatalogue.Open(
            new DataOptions
            {
                Name = "optdigits",
                Path = RealData.Folder("optdigits"),
                Validation = 0,
            },
            1
        );
        Assert.Equal((3823, 1797, 10, new SampleShape(1, 8, 8)), (splits.Train.Count, splits.Test!.Count, splits.Classes, splits.Shape));
        var pixels = new float[64];
        var sum = 0.0;
        for (var i = 0; i < 1797; i++)
        {
            splits.Test!.Read(i, pixels);
            sum += pixels.Sum(value => value * 16.0);
        }

        Assert.Equal(561_718, sum);
        Assert.Equal(
            [178, 182, 177, 183, 181, 182, 181, 179, 174, 180],
            Enumerable.Range(0, 10).Select(c => Enumerable.Range(0, 1797).Count(i => splits.Test!.Label(i) == c))
        );
    }

    private static CsvTable Parse(string text, DataOptions? options = null) =>
        CsvTable.Parse(Encoding.UTF8.GetBytes(text), "file", options ?? Default);

    private static string Fault(string text, DataOptions? options = null) =>
        Assert.Throws<UserErrorException>(() => Parse(text, options)).Message;

    private static string Refused(string train, string test)
    {
        var (left, right) = (Parse(train), Parse(test));
        return Assert.Throws<UserErrorException>(() => CsvLabels.Of(left, right)).Message;
    }
}
