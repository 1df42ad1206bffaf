using System.Text;
using System.Text.Json;
using NeuroTrails.Data;
using NeuroTrails.Silo;

namespace NeuroTrails.Tests.Engine;

public sealed class PredictionOutputTests
{
    private static readonly PredictionOutput Output = new(2, 3, [0.25, 0.5, 0.25, 0.75, 0.125, 0.125], [.. Enumerable.Range(0, 12).Select(i => i / 16.0)], [1.5, 0.5], [0.0625, 1e-9]);

    [Fact]
    public void A_table_has_a_line_for_each_sample() => Assert.Equal(
        "class,p0,p1,p2,entropy,mutual_information\n1,0.25,0.5,0.25,1.5,0.0625\n0,0.75,0.125,0.125,0.5,1E-09\n", Encoding.UTF8.GetString(Write(".csv")));

    [Fact]
    public void Json_has_all_of_it()
    {
        var root = JsonDocument.Parse(Write(".json")).RootElement;
        Assert.Equal(["mean", "heads", "entropy", "mutual_information"], root.EnumerateObject().Select(pair => pair.Name));
        Assert.Equal([0.75, 0.125, 0.125], root.GetProperty("mean")[1].EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal([9 / 16.0, 10 / 16.0, 11 / 16.0], root.GetProperty("heads")[1][1].EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal(1e-9, root.GetProperty("mutual_information")[1].GetDouble());
    }

    [Fact]
    public void Arrays_have_their_shapes()
    {
        var arrays = NpzFile.Read(new MemoryStream(Write(".npz")), "npz");
        Assert.Equal(["[2, 3]", "[2, 2, 3]", "[2]", "[2]"], new[] { "mean", "heads", "entropy", "mutual_information" }.Select(name => arrays[name].Shape));
        Assert.Equal("[2, 3]", NpyArray.Read(new MemoryStream(Write(".npy")), "npy").Shape);
    }

    private static byte[] Write(string format)
    {
        var stream = new MemoryStream();
        Output.Write(stream, format);
        return stream.ToArray();
    }
}
