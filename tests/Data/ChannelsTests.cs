using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class ChannelsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public void Arrays_may_have_any_number_of_channels_also_when_a_run_goes_on(int channels)
    {
        using var folder = new TempFolder();
        foreach (var split in new[] { "train", "test" })
        {
            NpyArray
                .From<float>([.. Enumerable.Range(0, 4 * channels * 25).Select(i => (float)Math.Sin(i))], 4, channels, 5, 5)
                .Save(folder[$"x_{split}.npy"]);
            NpyArray.From<int>([0, 1, 0, 1], 4).Save(folder[$"y_{split}.npy"]);
        }

        var options = new DataOptions
        {
            Name = "npy",
            Path = folder.Root,
            Validation = 0,
        };
        var known = DataSetCatalogue.Open(options, 1).Record;
        Assert.Equal(new SampleShape(channels, 5, 5), DataSetCatalogue.Open(options, 1, known: known).Shape);
    }

    [Fact]
    public void A_set_of_ones_own_with_a_label_that_is_none_is_refused()
    {
        var error = Assert.Throws<UserErrorException>(() => Fingerprint.Of(new Mislabelled()));
        Assert.StartsWith("mine: label 5 at sample 1; expected labels from 0 to 1", error.Message, StringComparison.Ordinal);
    }

    private sealed class Mislabelled : IDataSet
    {
        public string Name => "mine";

        public int Count => 3;

        public SampleShape Shape => SampleShape.Vector(1);

        public int Classes => 2;

        public IReadOnlyList<string>? ClassNames => null;

        public int Label(int index) => index == 1 ? 5 : 0;

        public void Read(int index, Span<float> pixels) => pixels[0] = index;
    }
}
