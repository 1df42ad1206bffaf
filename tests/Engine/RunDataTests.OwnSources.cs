using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Running;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Engine;

/// <content>Data of a program.</content>
public sealed partial class RunDataTests
{
    [Fact]
    public async Task Data_sets_of_ones_own_are_recorded_by_their_name_and_predict_alike()
    {
        var (train, test) = (Images(32, 1), Images(16, 2));
        IDataSet Set(string name, byte[] images) =>
            new FloatDataSet(
                name,
                new(1, Side, Side),
                [.. images.Select(value => (float)value)],
                [.. Enumerable.Range(0, images.Length / 16).Select(i => i % 2)],
                2,
                ["even", "odd"]
            );
        var source = new DataSetSource("mine", Set("mine/train", train), Set("mine/test", test));
        await Train(ResumeMode.Never, source: source);
        Assert.Equal("classes: 2 (even 16, odd 16)", _told[1].Message);
        Assert.Contains("name: mine", await File.ReadAllTextAsync(Path.Combine(Run, "config.yaml"), Stop), StringComparison.Ordinal);
        var predicted = await Predict(NpyArray.From<byte>(test, 16, Side, Side));
        Assert.Equal(16, predicted.Length / 2);
    }

    [Theory]
    [InlineData("short", "the training batch of step 1 has 7 samples; expected 8")]
    [InlineData("label", "the training batch of step 1 has label 2 at sample 3; expected labels from 0 to 1")]
    [InlineData("negative", "the training batch of step 1 has label -1 at sample 3; expected labels from 0 to 1")]
    [InlineData("nan", "the training batch of step 1 has the value NaN in sample 2; expected finite values")]
    [InlineData("shape", "the training batch of step 1 has samples of 1x4x5; expected 1x4x4, as its Shape says")]
    [InlineData("test label", "the beginning of the test split has label 9 at sample 0; expected labels from 0 to 1")]
    public async Task A_source_of_ones_own_is_checked_before_training(string fault, string message)
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() => Train(ResumeMode.Never, source: new OwnData(fault)));
        Assert.StartsWith($"faulty: {message}", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Run));
    }

    /// <summary>Does one thing wrong.</summary>
    private sealed class OwnData(string fault) : IRunData, IRunDataSource
    {
        public string Name => "faulty";

        public DataShape Shape => new(new(1, Side, Side), 2, 64);

        public IRunData Open(RunOptions options, DataRecord? known = null) => this;

        public HostBatch Training(long step, HostBatch? reuse = null)
        {
            var batch = new HostBatch(fault == "short" ? 7 : 8, new(1, Side, fault == "shape" ? 5 : Side));
            batch.Labels[3] = fault switch
            {
                "label" => 2,
                "negative" => -1,
                _ => 0,
            };
            batch.Pixels[40] = fault == "nan" ? float.NaN : 0;
            return batch;
        }

        public int Count(string split) =>
            split == "train" ? 64
            : split == "test" && fault != "test" ? 8
            : 0;

        public HostBatch Range(string split, int start, int count)
        {
            var batch = new HostBatch(count, new(1, Side, Side));
            batch.Labels[0] = split == "test" && fault == "test label" ? 9 : 0;
            return batch;
        }

        public HostBatch Normalise(float[] samples) => throw new NotSupportedException("Nothing gets that far.");
    }
}
