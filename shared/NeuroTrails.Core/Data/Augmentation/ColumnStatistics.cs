namespace NeuroTrails.Data;

/// <summary>Mean and standard deviation of each column of a set of vectors.</summary>
internal static class ColumnStatistics
{
    // Over all samples; population deviation, in float64; a column that has one value only gets deviation 1.
    public static Normalisation Of(IDataSet data)
    {
        var columns = data.Shape.Length;
        var values = new float[columns];
        var (means, squares) = (new double[columns], new double[columns]);
        var (lowest, highest) = (new float[columns], new float[columns]);
        data.Read(0, lowest);
        data.Read(0, highest);
        for (var i = 0; i < data.Count; i++)
        {
            data.Read(i, values);
            for (var column = 0; column < columns; column++)
            {
                means[column] += values[column];
                lowest[column] = Math.Min(lowest[column], values[column]);
                highest[column] = Math.Max(highest[column], values[column]);
            }
        }

        for (var column = 0; column < columns; column++)
        {
            means[column] /= data.Count;
        }

        // A second pass: the difference of large sums of squares would lose a small spread around a large mean.
        for (var i = 0; i < data.Count; i++)
        {
            data.Read(i, values);
            for (var column = 0; column < columns; column++)
            {
                var distance = values[column] - means[column];
                squares[column] += distance * distance;
            }
        }

        return new Normalisation(
            [.. means.Select((mean, column) => lowest[column] == highest[column] ? lowest[column] : (float)mean)],
            [.. squares.Select((sum, column) => Usable((float)Math.Sqrt(sum / data.Count), lowest[column] == highest[column]))]
        );
    }

    private static float Usable(float deviation, bool constant) => constant || !float.IsNormal(deviation) ? 1 : deviation;
}
