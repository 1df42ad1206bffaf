using System.Text.Json.Serialization;

namespace NeuroTrails.Data;

/// <summary>
/// What a run was made from: how values are prepared, which classes there are, and a fingerprint of the samples. Found once, when the run
/// starts, and kept in <c>data.json</c> in its folder, so that resuming, measuring and predicting prepare samples as training did, whatever
/// the data folder holds by then.
/// </summary>
public sealed record DataRecord
{
    /// <summary>Name of the data set: <c>data.name</c>, or that of a source of one's own.</summary>
    public required string Name { get; init; }

    /// <summary>Shape of every sample, [C, H, W].</summary>
    public required int[] Shape { get; init; }

    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Whether samples are windows of tokens, and classes the vocabulary.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsText { get; init; }

    /// <summary>Name of each class in label order; null where the source has none.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Names of the columns of vectors, in order; null where the source has none.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>What stored values are divided by, above 0: 255 for images of bytes.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Mean of each channel or column, after the division by <see cref="Scale"/>; null
    /// where a source of one's own prepares samples itself.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>Standard deviation of each channel or column; null with <see cref="Mean"/>.</summary>
    public IReadOnlyList<float>? Deviation { get; init; }

    /// <summary>Lowest training value of each channel or column, after the division; null with <see cref="Mean"/>.</summary>
    public IReadOnlyList<float>? Lowest { get; init; }

    /// <summary>Highest training value of each channel or column, after the division; null with <see cref="Mean"/>.</summary>
    public IReadOnlyList<float>? Highest { get; init; }

    /// <summary>The training split, without what is held out.</summary>
    public required SplitRecord Train { get; init; }

    /// <summary>The validation split; null where there is none.</summary>
    public SplitRecord? Validation { get; init; }

    /// <summary>The test split; null where there is none.</summary>
    public SplitRecord? Test { get; init; }

    /// <summary>Shape of every sample.</summary>
    [JsonIgnore]
    public SampleShape SampleShape => IsText ? SampleShape.Tokens(Shape[2]) : new(Shape[0], Shape[1], Shape[2]);

    /// <summary>The constants of the run; null where a source of one's own prepares samples itself.</summary>
    [JsonIgnore]
    public Normalisation? Normalisation => Mean is null || Deviation is null ? null : new(Mean, Deviation);

    /// <summary>The values of training; null where they are not known.</summary>
    [JsonIgnore]
    public ValueRange? Range => Lowest is null || Highest is null ? null : new(Lowest, Highest);

    /// <summary>Demands that data can be the run's at all: samples of its shape, and the same classes in the same order.</summary>
    /// <param name="shape">Shape of the samples that were found.</param>
    /// <param name="classes">Number of classes that were found.</param>
    /// <param name="classNames">Their names, or null.</param>
    /// <exception cref="UserErrorException">They cannot.</exception>
    public void RequireAlike(SampleShape shape, int classes, IReadOnlyList<string>? classNames)
    {
        string? seen = null;
        if (shape != SampleShape)
        {
            seen = $"samples of {shape} (the run's are {SampleShape})";
        }
        else if (classes != Classes)
        {
            seen = $"{classes} classes (the run has {Classes})";
        }
        else if (ClassNames is not null && classNames is not null && !ClassNames.SequenceEqual(classNames))
        {
            var first = ClassNames.Zip(classNames).TakeWhile(pair => pair.First == pair.Second).Count();
            seen = $"class {first} is '{classNames[first]}' (the run's is '{ClassNames[first]}')";
        }

        if (seen is not null)
        {
            throw new UserErrorException(
                $"The data are not those that the run was started with: {seen}. Point --data (data.path) at the run's data set."
            );
        }
    }

    /// <summary>How other data differ from those that the run was started with, one phrase each; empty where they are the same.</summary>
    /// <param name="found">The record of the other data.</param>
    public IReadOnlyList<string> Differences(DataRecord found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return
        [
            .. new[] { ("training", Train, found.Train), ("validation", Validation, found.Validation), ("test", Test, found.Test) }
                .Select(split => Difference(split.Item1, split.Item2, split.Item3))
                .OfType<string>(),
        ];
    }

    private static string? Difference(string split, SplitRecord? own, SplitRecord? found) =>
        (own, found) switch
        {
            (null, null) => null,
            (null, { }) => $"a {split} split, where there was none",
            ({ }, null) => $"no {split} split, where there was one",
            _ when own.Samples != found.Samples => $"{found.Samples} {split} samples (there were {own.Samples})",
            _ when own.Labels != found.Labels => $"other labels of the {split} samples, or another order",
            _ when own.Contents != found.Contents => $"other values of the {split} samples",
            _ => null,
        };
}

/// <summary>One split as it was when a run started.</summary>
/// <param name="Samples">Number of samples, at least 1.</param>
/// <param name="ClassCounts">Samples of each class; null where a source of one's own did not say.</param>
/// <param name="Labels">SHA-256 of all labels (int32, little endian) in hexadecimal.</param>
/// <param name="Contents">SHA-256, in hexadecimal, of at most 256 samples at even distances: of their values (float32, little endian), or
/// of their files.</param>
public sealed record SplitRecord(int Samples, IReadOnlyList<int>? ClassCounts, string Labels, string Contents);
