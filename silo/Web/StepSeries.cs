namespace NeuroTrails.Silo.Web;

/// <summary>A run's steps as a bounded number of points: where there are more steps, a point is
/// the mean of several, always of equally many.</summary>
internal sealed class StepSeries(int most = 1200)
{
    private readonly List<double?[]> _points = [];
    private readonly List<double?[]> _pending = [];

    // Steps that a point stands for.
    public int Width { get; private set; } = 1;

    // The points, oldest first; the first column is the last step of each.
    public IReadOnlyList<double?[]> Points => _points;

    // The point that is complete with it; null where more steps belong to it.
    public double?[]? Add(double?[] row)
    {
        _pending.Add(row);
        if (_pending.Count < Width)
        {
            return null;
        }

        var point = Mean(_pending);
        _pending.Clear();
        _points.Add(point);
        if (_points.Count >= most)
        {
            Halve();
        }

        return point;
    }

    public void DropAfter(long step)
    {
        _points.RemoveAll(point => point[0] > step);
        _pending.RemoveAll(row => row[0] > step);
    }

    private void Halve()
    {
        for (var at = 0; at < _points.Count / 2; at++)
        {
            _points[at] = Mean([_points[2 * at], _points[(2 * at) + 1]]);
        }

        _points.RemoveRange(_points.Count / 2, _points.Count - (_points.Count / 2));
        Width *= 2;
    }

    private static double?[] Mean(List<double?[]> rows)
    {
        var mean = new double?[rows.Max(row => row.Length)];
        mean[0] = rows[^1][0];
        for (var column = 1; column < mean.Length; column++)
        {
            mean[column] = rows.Where(row => column < row.Length).Average(row => row[column]);
        }

        return mean;
    }
}
