using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

/// <summary>Values are what they are, whatever type they are stored in; strange ones are said.</summary>
public sealed class ValueScaleTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(255, 255)]
    [InlineData(1, 1)]
    [InlineData(2, 255)]
    public void Images_of_whole_numbers_read_alike_in_every_type(int highest, float scale)
    {
        var random = new Random(highest);
        byte[] values = [(byte)highest, .. Enumerable.Range(1, 35).Select(_ => (byte)random.Next(highest + 1))];
        NpyArray[] forms =
        [
            NpyArray.From<byte>(values, 4, 3, 3),
            NpyArray.From<short>([.. values.Select(value => (short)value)], 4, 3, 3),
            NpyArray.From<int>([.. values.Select(value => (int)value)], 4, 3, 3),
            NpyArray.From<long>([.. values.Select(value => (long)value)], 4, 3, 3),
            NpyArray.From<float>([.. values.Select(value => (float)value)], 4, 3, 3),
            NpyArray.From<double>([.. values.Select(value => (double)value)], 4, 3, 3),
        ];
        Assert.All(
            forms,
            form =>
            {
                var splits = Open(form, forms[0]);
                Assert.Equal(scale, splits.Record.Scale);
                var read = new float[9];
                for (var i = 0; i < 4; i++)
                {
                    splits.Train.Read(i, read);
                    Assert.Equal(values.Skip(9 * i).Take(9).Select(value => value / scale), read);
                }

                Assert.Empty(splits.Record.Differences(Open(forms[0], forms[0]).Record));
            }
        );
    }

    [Fact]
    public void Vectors_and_other_numbers_are_taken_as_they_are()
    {
        Assert.Equal(1, NpySamples.UsualScale(NpyArray.From<byte>([7, 200], 1, 2)));
        Assert.Equal(1, NpySamples.UsualScale(NpyArray.From<float>([0, 0.5f], 1, 1, 2)));
        Assert.Equal(1, NpySamples.UsualScale(NpyArray.From<float>([0, 254.5f], 1, 1, 2)));
        Assert.Equal(1, NpySamples.UsualScale(NpyArray.From<int>([0, 256], 1, 1, 2)));
        Assert.Equal(1, NpySamples.UsualScale(NpyArray.From<int>([-1, 255], 1, 1, 2)));
        Assert.Equal(1, NpySamples.UsualScale(NpyArray.From<float>([float.NaN, 255], 1, 1, 2)));
        Assert.Equal(1, NpySamples.UsualScale(NpyArray.From<byte>([], 0, 1, 2)));
    }

    [Fact]
    public void A_scale_that_is_said_holds_for_every_split()
    {
        var images = NpyArray.From<byte>([0, 16, 8, 4], 2, 1, 2);
        var splits = Open(images, images, new() { Scale = 16 });
        var read = new float[2];
        splits.Test!.Read(0, read);
        Assert.Equal([0, 1], read);
        Assert.Contains(
            "data.scale: 0 is not possible",
            Assert.Throws<UserErrorException>(() => Open(images, images, new() { Scale = 0 })).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Test_values_of_another_unit_are_said()
    {
        var bytes = NpyArray.From<byte>([0, 255, 100, 30], 1, 2, 2);
        var train = NpyArray.From<byte>([0, 255, 100, 30, 1, 2, 3, 4], 2, 2, 2);
        Assert.Empty(Open(train, bytes).Notices);
        Assert.Equal(
            ["the test split has values from 0 to 1; training had 0 to 255"],
            Open(train, NpyArray.From<float>([0, 1, 0.4f, 0.1f], 1, 2, 2)).Notices
        );
        Assert.Equal(
            ["the test split has values from 0 to 6.502E+04; training had 0 to 255"],
            Open(train, NpyArray.From<int>([0, 65025, 4, 1], 1, 2, 2)).Notices
        );
        var columns = NpyArray.From<float>([1, 90000, 2, 90002], 2, 2);
        Assert.Empty(Open(columns, NpyArray.From<float>([3, 90003], 1, 2)).Notices);
        Assert.Equal(
            ["the test split has values from 3.5 to 3.5 in value column 1; training had 1 to 2 (and so 1 more)"],
            Open(columns, NpyArray.From<float>([3.5f, 90], 1, 2)).Notices
        );
    }

    [Fact]
    public void What_the_run_was_made_from_prepares_whatever_the_folder_holds_by_then()
    {
        var train = NpyArray.From<byte>([0, 255, 100, 30, 1, 2, 3, 4], 2, 2, 2);
        var before = Open(train, train);
        var dark = NpyArray.From<byte>([0, 1, 0, 1, 1, 1, 0, 0], 2, 2, 2);
        var after = Open(dark, train, known: before.Record);
        Assert.Equal(before.Pipeline.Normalisation.Mean, after.Pipeline.Normalisation.Mean);
        Assert.Equal(before.Pipeline.Normalisation.Deviation, after.Pipeline.Normalisation.Deviation);
        Assert.Equal(before.Testing(2).Load(0).Pixels, after.Testing(2).Load(0).Pixels);
        Assert.Equal(["other values of the training samples"], before.Record.Differences(after.Record));
        Assert.Equal(["the training split has values from 0 to 1; training had 0 to 255"], after.Notices);

        var other = Assert.Throws<UserErrorException>(() =>
            Open(NpyArray.From<byte>(new byte[6], 2, 1, 3), NpyArray.From<byte>(new byte[3], 1, 1, 3), known: before.Record)
        );
        Assert.StartsWith(
            "The data are not those that the run was started with: samples of 1x1x3 (the run's are 1x2x2).",
            other.Message,
            StringComparison.Ordinal
        );
    }

    private DataSplits Open(NpyArray train, NpyArray test, DataOptions? options = null, DataRecord? known = null)
    {
        train.Save(_folder["x_train.npy"]);
        test.Save(_folder["x_test.npy"]);
        NpyArray.From<int>([.. Enumerable.Range(0, train.Sizes[0]).Select(i => i % 2)], train.Sizes[0]).Save(_folder["y_train.npy"]);
        NpyArray.From<int>([.. Enumerable.Range(0, test.Sizes[0]).Select(i => i % 2)], test.Sizes[0]).Save(_folder["y_test.npy"]);
        return DataSetCatalogue.Open((options ?? new()) with { Name = "npy", Path = _folder.Root, Validation = 0 }, 1, known: known);
    }
}
