using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

/// <summary>What a run was made from is found once, written down exactly, and told from anything else.</summary>
public sealed class DataRecordTests
{
    [Fact]
    public void Every_bit_of_the_constants_survives_the_file()
    {
        var random = new Random(11);
        for (var trial = 0; trial < 300; trial++)
        {
            var columns = random.Next(1, 40);
            var record = Record([.. Enumerable.Range(0, random.Next(2, 50)).Select(_ => random.Next(4))]) with
            {
                Shape = [1, 1, columns],
                Scale = random.NextDouble() * 300,
                Mean = Draw(columns, random),
                Deviation = [.. Draw(columns, random).Select(value => Math.Max(Math.Abs(value), float.Epsilon))],
                Lowest = Draw(columns, random),
                Highest = Draw(columns, random),
                ClassNames = random.Next(2) == 0 ? null : ["a", "größer", "\"", "d"],
                Classes = 4,
            };
            var read = DataRecordFile.Read(DataRecordFile.Write(record), "data.json");
            Assert.Equal(Bits(record.Mean!), Bits(read.Mean!));
            Assert.Equal(Bits(record.Deviation!), Bits(read.Deviation!));
            Assert.Equal(Bits(record.Lowest!), Bits(read.Lowest!));
            Assert.Equal(Bits(record.Highest!), Bits(read.Highest!));
            Assert.Equal((record.Scale, record.Name, record.Classes), (read.Scale, read.Name, read.Classes));
            Assert.Equal(record.ClassNames, read.ClassNames);
            Assert.Equal(record.Train.ClassCounts, read.Train.ClassCounts);
            Assert.Empty(record.Differences(read));
            Assert.Equal(DataRecordFile.Write(record), DataRecordFile.Write(read));
        }
    }

    [Theory]
    [InlineData("{", "does not say")]
    [InlineData("null", "it is empty")]
    [InlineData("{}", "does not say")]
    [InlineData("\"scale\": 255", "\"scale\": 0", "scale is not above 0")]
    [InlineData("\"classes\": 3", "\"classes\": 0", "classes and class_names")]
    [InlineData("\"mean\": [", "\"mean\": [1,", "need 1 values each")]
    [InlineData("\"deviation\": [\n    1", "\"deviation\": [\n    0", "constant is not possible")]
    [InlineData("\"shape\": [\n    1", "\"shape\": [\n    0", "shape is no")]
    [InlineData("\"shape\": [\n    1", "\"shape\": [\n    2147483647", "values each")]
    public void A_damaged_file_is_one_message(string from, string to, string? message = null)
    {
        var good = DataRecordFile.Write(Record([0, 1, 2]) with { Scale = 255, Mean = [0], Deviation = [1], Lowest = [0], Highest = [1] });
        Assert.True(message is null || good.Contains(from, StringComparison.Ordinal), good);
        var text = message is null ? from : good.Replace(from, to, StringComparison.Ordinal);
        var error = Assert.Throws<UserErrorException>(() => DataRecordFile.Read(text, "run/data.json")).Message;
        Assert.StartsWith("run/data.json: ", error, StringComparison.Ordinal);
        Assert.Contains(message ?? to, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_other_label_order_count_or_value_is_a_difference()
    {
        var own = Record([0, 1, 2, 1]);
        Assert.Empty(own.Differences(Record([0, 1, 2, 1])));
        Assert.Equal(["other labels of the training samples, or another order"], own.Differences(Record([1, 0, 2, 1])));
        Assert.Equal(["3 training samples (there were 4)"], own.Differences(Record([0, 1, 2])));
        Assert.Equal(["other values of the training samples"], own.Differences(Record([0, 1, 2, 1], brighter: 1)));
        Assert.Equal(["no test split, where there was one"], (own with { Test = own.Train }).Differences(own));
        Assert.Equal(["a validation split, where there was none"], own.Differences(own with { Validation = own.Train }));
    }

    [Fact]
    public void A_limit_takes_of_each_class_what_there_is()
    {
        var random = new Random(5);
        for (var trial = 0; trial < 2000; trial++)
        {
            var classes = random.Next(1, 6);
            var labels = Enumerable.Range(0, random.Next(1, 60)).Select(_ => random.Next(classes)).ToArray();
            var limit = random.Next(0, labels.Length + 5);
            var taken = BalancedLimit.First(Set(labels, classes), limit);

            // By the definition: one more of each class in turn, until there are enough.
            var left = Enumerable
                .Range(0, classes)
                .Select(label => new Queue<int>(labels.Index().Where(at => at.Item == label).Select(at => at.Index)))
                .ToArray();
            var wanted = limit == 0 ? labels.Length : Math.Min(limit, labels.Length);
            Assert.Equal(wanted, taken.Count);
            var counts = Enumerable
                .Range(0, classes)
                .Select(label => Enumerable.Range(0, taken.Count).Count(i => taken.Label(i) == label))
                .ToArray();
            var most = counts.Max();
            Assert.All(counts.Index(), count => Assert.True(count.Item >= most - 1 || count.Item == left[count.Index].Count));
            var expected = left.Zip(counts).SelectMany(pair => pair.First.Take(pair.Second)).Order();
            Assert.Equal(expected, Enumerable.Range(0, taken.Count).Select(i => SubsetDataSet.Resolve(taken, i).Index));
        }
    }

    [Fact]
    public void Labels_that_cannot_be_learnt_are_said_or_refused()
    {
        Assert.Empty(LabelRemarks.Of(Record([0, 1, 2])));
        Assert.StartsWith("labels begin at 1: class 0", Assert.Single(LabelRemarks.Of(Record([1, 2, 1]))), StringComparison.Ordinal);
        var gaps = Record([0, 1]) with { Classes = 4, Train = new(4, [2, 0, 2, 0], "", ""), Test = new(6, [1, 3, 1, 1], "", "") };
        Assert.Equal(
            ["2 of 4 classes have no training samples: 1, 3.", "4 test samples are of classes that training never sees: 1, 3."],
            LabelRemarks.Of(gaps)
        );
        Assert.Equal(
            ["4 test samples are of classes that training never sees: 'b', 'd'."],
            LabelRemarks.Of(gaps with { ClassNames = ["a", "b", "c", "d"] })
        );
        var error = Assert.Throws<UserErrorException>(() => LabelRemarks.Of(Record([1, 1, 1])).ToList()).Message;
        Assert.StartsWith(
            "own/train: all 3 samples are of class 1; expected samples of two classes at least.",
            error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_header_says_samples_values_and_classes()
    {
        var record = Record([0, 1, 1]) with
        {
            Shape = [1, 2, 3],
            Classes = 2,
            ClassNames = ["no", "yes"],
            Scale = 255,
            Mean = [0.25f],
            Deviation = [0.5f],
            Lowest = [0],
            Highest = [1],
            Train = new(1234, [1000, 234], "", ""),
            Test = new(20, [10, 10], "", ""),
        };
        Assert.Equal(
            [
                "data: own, 1,234 training, 20 test samples of 1x2x3; values 0 to 255, divided by 255, normalised by mean 0.25, deviation "
                    + "0.5",
                "classes: 2 (no 1,000, yes 234)",
            ],
            DataHeader.Of(record)
        );
        Assert.EndsWith(
            "samples of 2 values; values -1 to 5, each column normalised",
            DataHeader
                .Of(record with { Shape = [1, 1, 2], Scale = 1, Mean = [1, 2], Deviation = [1, 1], Lowest = [-1, 0], Highest = [0, 5] })
                .First(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "classes: 30, with 2 to 9 training samples each",
            DataHeader
                .Of(
                    record with
                    {
                        Classes = 30,
                        ClassNames = null,
                        Train = new(
                            100,
                            [
                                .. Enumerable
                                    .Range(0, 30)
                                    .Select(label =>
                                        label == 7 ? 9
                                        : label == 3 ? 2
                                        : 3
                                    ),
                            ],
                            "",
                            ""
                        ),
                    }
                )
                .Last()
        );
    }

    private static DataRecord Record(int[] labels, int brighter = 0)
    {
        var data = Set(labels, labels.Max() + 1, brighter);
        return new()
        {
            Name = "own",
            Shape = [1, 1, 1],
            Classes = data.Classes,
            Train = Fingerprint.Of(data)!,
        };
    }

    private static ByteDataSet Set(int[] labels, int classes, int brighter = 0) =>
        new("own", new(1, 1, 1), [.. labels.Select((_, i) => (byte)((i * 7) + brighter))], labels, classes);

    private static float[] Draw(int count, Random random) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                    BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)) is var value && float.IsFinite(value)
                        ? value
                        : 0.1f
                ),
        ];

    private static int[] Bits(IEnumerable<float> values) => [.. values.Select(BitConverter.SingleToInt32Bits)];
}
