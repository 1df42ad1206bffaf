using System.Globalization;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

/// <summary>Random tables written in random dialects: what was written is what must be read, and
/// one fault must be found where it was made.</summary>
public sealed class CsvDialectTests
{
    [Fact]
    public void Any_table_reads_as_it_was_written()
    {
        var random = new Random(31);
        for (var round = 0; round < 4000; round++)
        {
            var table = new WrittenTable(random, faulty: false);
            var read = CsvTable.Parse(table.Bytes, "file", table.Options);
            Assert.Equal(table.Names, read.Names);
            Assert.Equal(table.Values, read.Values);
            Assert.Equal(table.Lines, read.Lines);
            Assert.Equal(table.Skipped, read.Skipped);
            var labels = CsvLabels.Of(read, read);
            Assert.Equal(table.Classes, labels.Train.Select(label => labels.Names?[label] ?? label.ToString(CultureInfo.InvariantCulture)));
            Assert.True(labels.Names is null || labels.Names.SequenceEqual(table.Classes.Distinct().Order(StringComparer.Ordinal)));
        }
    }

    [Fact]
    public void Any_single_fault_is_named_by_line_and_column()
    {
        var random = new Random(32);
        for (var round = 0; round < 4000; round++)
        {
            var table = new WrittenTable(random, faulty: true);
            var fault = Assert.Throws<UserErrorException>(() => CsvTable.Parse(table.Bytes, "file", table.Options)).Message;
            Assert.StartsWith($"file, line {table.Fault.Line}, column {table.Fault.Column}: ", fault, StringComparison.Ordinal);
        }
    }
}
