using System.Text;
using System.Text.Json;
using NeuroTrails.Data;
using NeuroTrails.Silo;

namespace NeuroTrails.Tests.Engine;

public sealed class PredictionOutputTests
{
    private static readonly PredictionOutput Output = new(
        new(2, 3, [0.25, 0.5, 0.25, 0.75, 0.125, 0.125], [.. Enumerable.Range(0, 12).Select(i => i / 16.0)], [1.5, 0.5], [0.0625, 1e-9]),
        null,
        null
    );

    private static readonly PredictionOutput Named = Output with
    {
        ClassNames = ["a, b", "c", "say \"d\""],
        SampleNames = ["x/1.png", "2"],
    };

    [Fact]
    public void A_table_has_a_line_for_each_sample() =>
        Assert.Equal(
            "sample,class,probability,entropy,mutual_information,p_0,p_1,p_2\n0,1,0.5,1.5,0.0625,0.25,0.5,0.25\n1,0,0.75,0.5,1E-09,0.75,0.125,0.125\n",
            Encoding.UTF8.GetString(Write(".csv"))
        );

    [Fact]
    public void Names_of_classes_and_samples_are_written_in_quotes_where_they_need_them() =>
        Assert.Equal(
            "sample,class,probability,entropy,mutual_information,\"p_a, b\",p_c,\"p_say "
                + "\"\"d\"\"\"\nx/1.png,c,0.5,1.5,0.0625,0.25,0.5,0.25\n2,\"a, b\",0.75,0.5,1E-09,0.75,0.125,0.125\n",
            Encoding.UTF8.GetString(Write(".csv", Named))
        );

    [Fact]
    public void Json_has_all_of_it()
    {
        var root = JsonDocument.Parse(Write(".json")).RootElement;
        Assert.Equal(
            ["samples", "classes", "class", "mean", "heads", "entropy", "mutual_information"],
            root.EnumerateObject().Select(pair => pair.Name)
        );
        Assert.Equal([0.75, 0.125, 0.125], root.GetProperty("mean")[1].EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal([9 / 16.0, 10 / 16.0, 11 / 16.0], root.GetProperty("heads")[1][1].EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal(["1", "0"], root.GetProperty("class").EnumerateArray().Select(value => value.GetString()));
        Assert.Equal(
            ["c", "a, b"],
            JsonDocument.Parse(Write(".json", Named)).RootElement.GetProperty("class").EnumerateArray().Select(value => value.GetString())
        );
        Assert.Equal(1e-9, root.GetProperty("mutual_information")[1].GetDouble());
    }

    [Fact]
    public void Arrays_have_their_shapes()
    {
        var arrays = NpzFile.Read(new MemoryStream(Write(".npz")), "npz");
        Assert.Equal(
            ["[2, 3]", "[2, 2, 3]", "[2]", "[2]"],
            new[] { "mean", "heads", "entropy", "mutual_information" }.Select(name => arrays[name].Shape)
        );
        Assert.Equal("[2, 3]", NpyArray.Read(new MemoryStream(Write(".npy")), "npy").Shape);
    }

    private static byte[] Write(string format, PredictionOutput? output = null)
    {
        var stream = new MemoryStream();
        (output ?? Output).Write(stream, format);
        return stream.ToArray();
    }
}
