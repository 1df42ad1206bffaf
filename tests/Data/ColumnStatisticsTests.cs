using System.Text;
using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Data;

public sealed class ColumnStatisticsTests
{
    // Columns: far from 0, small, constant, of two values.
    private const string Table = "90001,0.001,7,0,0\n90003,0.002,7,0,1\n89999,0.003,7,0,0\n90001,0.004,7,8,1\n";

    [Fact]
    public void Each_column_has_its_own_mean_and_deviation()
    {
        // numpy: x.mean(0), x.std(0); a constant column is left at deviation 1, as scikit-learn's StandardScaler does.
        var splits = Open(Table, new());
        Near([90001f, 0.0025f, 7f, 2f], [.. splits.Pipeline.Normalisation.Mean], 1e-9f);
        Near([1.4142135f, 0.001118034f, 1f, 3.4641016f], [.. splits.Pipeline.Normalisation.Deviation], 1e-9f);
    }

    [Fact]
    public void Columns_are_those_of_the_training_split_and_not_of_what_is_held_out()
    {
        var means = new HashSet<float>();
        var values = new float[4];
        for (var seed = 1; seed <= 20; seed++)
        {
            var splits = Open(Table, new() { Validation = 2 }, seed);
            var kept = Enumerable
                .Range(0, 2)
                .Select(i =>
                {
                    splits.Train.Read(i, values);
                    return (double)values[0];
                });
            Assert.Equal(kept.Average(), splits.Pipeline.Normalisation.Mean[0]);
            means.Add(splits.Pipeline.Normalisation.Mean[0]);
        }

        Assert.Equal([90000f, 90001f, 90002f], means.Order());
    }

    [Fact]
    public void Statistics_are_the_naive_ones()
    {
        var random = new Random(6);
        for (var round = 0; round < 2000; round++)
        {
            var (rows, columns) = (random.Next(1, 40), random.Next(1, 12));
            var (centre, spread) = (Math.Pow(10, random.Next(-6, 6)), Math.Pow(10, random.Next(-3, 3)));
            var values = new float[rows * columns];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = i % columns == 1 ? 0.1f : (float)(centre * (1 + (spread * (random.NextDouble() - 0.5))));
            }

            var found = ColumnStatistics.Of(new FloatDataSet("random", SampleShape.Vector(columns), values, new int[rows], 1));
            for (var column = 0; column < columns; column++)
            {
                var own = Enumerable.Range(0, rows).Select(row => (double)values[(row * columns) + column]).ToArray();
                var mean = own.Average();
                var deviation = Math.Sqrt(own.Average(value => (value - mean) * (value - mean)));
                Assert.Equal((float)mean, found.Mean[column], Math.Abs((float)mean) * 2e-7f);
                Assert.Equal(own.Distinct().Count() == 1 ? 1 : (float)deviation, found.Deviation[column], (float)deviation * 2e-7f);
            }
        }
    }

    [Fact]
    public void Training_measuring_and_predicting_scale_alike()
    {
        var splits = Open(Table, new());
        var data = new SplitRunData(splits, new RunOptions { Training = new() { Batch = 4 } });
        const float Root = 1.4142135f;
        float[] expected =
        [
            0,
            -1.3416407f,
            0,
            -0.57735026f,
            Root,
            -0.4472136f,
            0,
            -0.57735026f,
            -Root,
            0.4472136f,
            0,
            -0.57735026f,
            0,
            1.3416407f,
            0,
            1.7320508f,
        ];
        Near(expected, data.Range("train", 0, 4).Pixels);
        Near(expected, data.Normalise([90001, 0.001f, 7, 0, 90003, 0.002f, 7, 0, 89999, 0.003f, 7, 0, 90001, 0.004f, 7, 8]).Pixels);
        Near(expected[..8], data.Range("test", 0, 2).Pixels);
        Near([.. expected.Order()], [.. data.Training(1).Pixels.Order()]);
        Near(expected[..8], splits.Testing(2).Load(0).Pixels);
    }

    [Fact]
    public void Constants_are_one_for_each_column_or_one_for_all()
    {
        var own = Open(Table, new() { Mean = [1, 2, 3, 4], Deviation = [2] });
        Assert.Equal([1f, 2, 3, 4], own.Pipeline.Normalisation.Mean);
        Assert.Equal([2f, 2, 2, 2], own.Pipeline.Normalisation.Deviation);
        Assert.Equal([0f, 0, 0, 0], Open(Table, new() { Normalise = "none" }).Pipeline.Normalisation.Mean);
        Assert.Equal(
            "data.mean: 3 values for 4 columns is not possible; allowed: 4 values, or one for all.",
            Assert.Throws<UserErrorException>(() => Open(Table, new() { Mean = [1, 2, 3], Deviation = [1, 1, 1] })).Message
        );
        Assert.Equal(
            "data.deviation: 2 values for 1 channel is not possible; allowed: one value.",
            Assert.Throws<UserErrorException>(() => DataSetCatalogue.Open(new() { Mean = [1], Deviation = [1, 2] }, 1)).Message
        );
    }

    [Fact]
    public void Vectors_of_bytes_are_scaled_by_column_as_well()
    {
        using var folder = new TempFolder();
        NpyArray.From<byte>([0, 255, 51, 255], 2, 2).Save(folder["x_train.npy"]);
        NpyArray.From<int>([0, 1], 2).Save(folder["y_train.npy"]);
        NpyArray.From<byte>([0, 255], 1, 2).Save(folder["x_test.npy"]);
        NpyArray.From<int>([0], 1).Save(folder["y_test.npy"]);
        var normalisation = DataSetCatalogue
            .Open(
                new()
                {
                    Name = "npy",
                    Path = folder.Root,
                    Validation = 0,
                },
                1
            )
            .Pipeline.Normalisation;
        Assert.Equal([25.5f, 255f], normalisation.Mean);
        Assert.Equal([25.5f, 1f], normalisation.Deviation);
    }

    private static DataSplits Open(string table, DataOptions options, long seed = 1)
    {
        using var folder = new TempFolder();
        folder.Write("train.csv", Encoding.UTF8.GetBytes(table));
        folder.Write("test.csv", Encoding.UTF8.GetBytes(string.Join('\n', table.Split('\n')[..2])));
        return DataSetCatalogue.Open(
            options with
            {
                Name = "csv",
                Path = folder.Root,
                Validation = options.Validation > 1 ? options.Validation : 0,
            },
            seed
        );
    }

    private static void Near(float[] expected, float[] found, float tolerance = 1e-4f)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
