using System.Text;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class CsvTests
{
    [Theory]
    [InlineData("a,b,class\n1,2.5,0\n-3,4e2,1\n")]
    [InlineData("1,2.5,0\r\n-3,4e2,1")]
    [InlineData("a,b,class\r\n\r\n 1, 2.5, 0 \n-3,4e2,1\n\n")]
    public void Reads_rows_with_or_without_a_header(string text)
    {
        var table = CsvTable.Parse(Encoding.UTF8.GetBytes(text), "file");
        Assert.Equal(2, table.Columns);
        Assert.Equal([1, 2.5f, -3, 400], table.Values);
        Assert.Equal([0, 1], table.Labels);
    }

    [Theory]
    [InlineData("", "no rows")]
    [InlineData("a,b\n", "no rows")]
    [InlineData("1,2,0\n1,0\n", "2 columns in line 2")]
    [InlineData("1,x,0\n", "file, line 1: 'x'")]
    [InlineData("1,2,0.5\n", "'0.5' in the last of 3 columns")]
    [InlineData("5\n", "'5' in the last of 1 columns")]
    [InlineData("a,b,c\nd,e,f\n", "file, line 2: 'd'")]
    public void Faults_name_their_line(string text, string part) =>
        Assert.Contains(part, Assert.Throws<UserErrorException>(() => CsvTable.Parse(Encoding.UTF8.GetBytes(text), "file")).Message, StringComparison.Ordinal);

    [Fact]
    public void Damaged_tables_are_refused_or_read_but_never_crash()
    {
        var intact = Encoding.UTF8.GetBytes("a,b,class\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"{i},{i * 0.5},{i % 3}\n")));
        Fuzz.Mutate(intact, intact.Length, 5000, 9, bytes => CsvTable.Parse(bytes, "fuzz"));
    }

    [Fact]
    public void Real_optdigits_have_their_known_sums()
    {
        var splits = DataSetCatalogue.Open(new DataOptions { Name = "optdigits", Path = RealData.Folder("optdigits"), Validation = 0 }, 1);
        Assert.Equal((3823, 1797, 10, new SampleShape(1, 8, 8)), (splits.Train.Count, splits.Test.Count, splits.Classes, splits.Shape));
        var pixels = new float[64];
        var sum = 0.0;
        for (var i = 0; i < 1797; i++)
        {
            splits.Test.Read(i, pixels);
            sum += pixels.Sum(value => value * 16.0);
        }

        Assert.Equal(561_718, sum);
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], Enumerable.Range(0, 10).Select(c => Enumerable.Range(0, 1797).Count(i => splits.Test.Label(i) == c)));
    }
}
