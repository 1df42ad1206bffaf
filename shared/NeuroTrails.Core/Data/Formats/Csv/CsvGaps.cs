namespace NeuroTrails.Data;

/// <summary>Cells without a value.</summary>
internal static class CsvGaps
{
    // Puts the mean of a column's training values where the training or test table has none.
    public static int Fill(CsvTable train, CsvTable? test)
    {
        var filled = 0;
        for (var column = 0; column < train.Columns; column++)
        {
            var (sum, count) = (0.0, 0);
            for (var row = 0; row < train.Rows; row++)
            {
                var value = train.Values[(row * train.Columns) + column];
                (sum, count) = float.IsNaN(value) ? (sum, count) : (sum + value, count + 1);
            }

            if (count == 0)
            {
                var place = train.Place(0, train.ColumnOf(column));
                throw DataError.Damaged(place, "no row has a value in this column", "one at least, to take the mean of (data.missing)");
            }

            filled += Fill(train, column, (float)(sum / count)) + (test is null ? 0 : Fill(test, column, (float)(sum / count)));
        }

        return filled;
    }

    private static int Fill(CsvTable table, int column, float mean)
    {
        var filled = 0;
        for (var at = column; at < table.Values.Length; at += table.Columns)
        {
            if (float.IsNaN(table.Values[at]))
            {
                table.Values[at] = mean;
                filled++;
            }
        }

        return filled;
    }
}
