using System.Globalization;
using NeuroTrails.Data;

namespace NeuroTrails.Training;

/// <summary>Finds what a run on some data is made from, and compares it with what a run was made from.</summary>
public static class RunDataRecord
{
    private const int MostSamples = 64;

    /// <summary>Opens the data of a run.</summary>
    /// <param name="source">Opens them.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="known">What the run was made from; null where it starts.</param>
    /// <returns>The data, what a run on them is made from, and what the user should know of them.</returns>
    /// <exception cref="UserErrorException">They are missing or damaged, cannot be the run's, cannot be learnt from, or do not do what
    /// <see cref="IRunData"/> says.</exception>
    public static (IRunData Data, DataRecord Record, IReadOnlyList<string> Notices) Open(
        IRunDataSource source,
        Configuration.RunOptions options,
        DataRecord? known
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        var data = source.Open(options, known);
        if (data.Record is { } record)
        {
            return (data, record, known is null ? [.. LabelRemarks.Of(record), .. WithoutTest(record), .. data.Notices] : data.Notices);
        }

        record = Examine(source.Name ?? options.Data.Name, data, options.Training.Batch);
        known?.RequireAlike(record.SampleShape, record.Classes, record.ClassNames);
        return (data, record, known is null ? [.. WithoutTest(record), .. data.Notices] : data.Notices);
    }

    /// <summary>Demands that data are those that a run was started with.</summary>
    /// <param name="known">What the run was made from.</param>
    /// <param name="found">What was found.</param>
    /// <param name="allowed">Whether the user insists on going on with other data.</param>
    /// <returns>What has changed, for a notice; null where nothing has.</returns>
    /// <exception cref="UserErrorException">They are others, and that is not allowed.</exception>
    public static string? Compare(DataRecord known, DataRecord found, bool allowed)
    {
        ArgumentNullException.ThrowIfNull(known);
        var differences = known.Differences(found);
        if (differences.Count == 0)
        {
            return null;
        }

        var seen = $"The data are not those that the run was started with: {string.Join("; ", differences)}.";
        return allowed
            ? seen
            : throw new UserErrorException(
                $"{seen} Point --data (data.path) at the run's data, or go on with these by --allow-changed-data."
            );
    }

    private static string[] WithoutTest(DataRecord record) =>
        record.Test is not null
            ? []
            :
            [
                $"there is no test split: the results are those of the {(record.Validation is null ? "training" : "validation")} split"
                    + (
                        record.Validation is null
                            ? ", which say nothing of samples that were not learnt (data.validation holds some out)"
                            : ", which chose the best checkpoint as well"
                    ),
            ];

    // A batch and the beginning of each split, as a run asks for them: what a source of one's own
    // does wrong had better be found before the first step.
    private static DataRecord Examine(string name, IRunData data, int batch)
    {
        var shape = data.Shape;
        Check(name, "the training batch of step 1", data.Training(1), shape, batch);
        var train = Split("train", shape.TrainingSamples) ?? Fingerprint(shape.TrainingSamples, data.Training(1));
        if (new[] { "train", "validation", "test" }.All(split => data.Count(split) == 0))
        {
            throw new UserErrorException(
                $"{name}: no split can be measured (Count is 0 for train, validation and test); expected one at least, for the results of "
                    + "the run."
            );
        }

        return new DataRecord
        {
            Name = name,
            IsText = shape.Sample.IsTokens,
            Shape = [shape.Sample.Channels, shape.Sample.Height, shape.Sample.Width],
            Classes = shape.Classes,
            Train = train,
            Validation = Split("validation", data.Count("validation")),
            Test = Split("test", data.Count("test")),
        };

        SplitRecord? Split(string split, int samples)
        {
            if (data.Count(split) == 0)
            {
                return null;
            }

            var wanted = Math.Min(data.Count(split), MostSamples);
            var range = data.Range(split, 0, wanted);
            Check(name, $"the beginning of the {split} split", range, shape, wanted);
            return Fingerprint(samples, range);
        }
    }

    private static SplitRecord Fingerprint(int samples, HostBatch batch) =>
        new(
            samples,
            null,
            Data.Fingerprint.OfLabels(batch.Labels.AsSpan(0, batch.Count)),
            batch.Shape.IsTokens
                ? Data.Fingerprint.OfLabels(batch.Tokens)
                : Data.Fingerprint.OfValues(batch.Pixels.AsSpan(0, batch.Count * batch.Shape.Length))
        );

    private static void Check(string name, string part, HostBatch batch, DataShape shape, int samples)
    {
        var expected = shape.Sample;
        var label = Array.FindIndex(batch.Labels, 0, batch.Count, label => label < 0 || label >= shape.Classes);
        var value = Array.FindIndex(batch.Pixels, value => !float.IsFinite(value));
        var token = Array.FindIndex(batch.Tokens, token => token < -1 || token >= shape.Classes);
        var (seen, allowed) =
            batch.Count != samples ? ($"{Text(batch.Count)} samples", $"{Text(samples)}")
            : batch.Shape != expected ? ($"samples of {batch.Shape}", $"{expected}, as its Shape says")
            : label >= 0 ? ($"label {batch.Labels[label]} at sample {Text(label)}", $"labels from 0 to {Text(shape.Classes - 1)}")
            : token >= 0
                ? ($"token {batch.Tokens[token]} in window {Text(token / expected.Length)}", $"tokens from 0 to {Text(shape.Classes - 1)}")
            : value >= 0 ? ($"the value {batch.Pixels[value]} in sample {Text(value / expected.Length)}", "finite values")
            : (null, null);
        if (seen is not null)
        {
            throw new UserErrorException($"{name}: {part} has {seen}; expected {allowed}. Mend the data source.");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
