using NeuroTrails.Configuration;

namespace NeuroTrails.Data;

/// <summary>A data set that was read from end to end.</summary>
/// <param name="Record">What a run on it would be made from.</param>
/// <param name="Notices">What a run would say of it, but for what cannot be used.</param>
/// <param name="Faults">Everything that cannot be used, one line each.</param>
/// <param name="Samples">Samples that were read, the bad ones included.</param>
public sealed record DataCheck(DataRecord Record, IReadOnlyList<string> Notices, IReadOnlyList<string> Faults, int Samples)
{
    private static readonly string[] Formats = ["images", "npy", "csv", "idx"];

    /// <summary>The formats that a folder of one's own may be of, by what lies in it; names for <c>data.name</c>.</summary>
    /// <param name="folder">The folder.</param>
    public static IReadOnlyList<string> FormatsOf(string folder) =>
        [.. Formats.Where(name => DataFolder.Locate(DataSetCatalogue.Find(name), folder) is not null)];

    /// <summary>Reads every sample of every split.</summary>
    /// <param name="data">Which data, and how they are read.</param>
    /// <param name="stop">Ends the reading by an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="UserErrorException">They are missing or no such data set at all.</exception>
    public static DataCheck Of(DataOptions data, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(data);
        var options = new RunOptions
        {
            Data = data with { SkipBad = int.MaxValue, Validation = 0 },
            Training = new() { Batch = 1 },
        };
        var splits = DataSetCatalogue.Open(options.Data, options.Seed);
        var sets = new[] { splits.Train, splits.Validation, splits.Test }.OfType<IDataSet>().ToList();
        var found = sets.SelectMany(set => Read(set, stop)).ToList();
        return new(
            splits.Record,
            [.. LabelRemarks.Of(splits.Record), .. splits.Notices.Where(notice => notice != splits.Excuse)],
            [.. splits.Faults, .. found],
            sets.Sum(set => set.Count) + splits.Faults.Count
        );
    }

    private static IEnumerable<string> Read(IDataSet set, CancellationToken stop)
    {
        var faults = new string?[set.Count];
        Parallel.For(
            0,
            set.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = stop },
            () => new float[set.Shape.Length],
            (i, _, values) =>
            {
                try
                {
                    set.Read(i, values);
                    var bad = Array.FindIndex(values, value => !float.IsFinite(value));
                    faults[i] = bad < 0 ? null : $"{set.Name}: the value {values[bad]} in sample {i}; expected finite values.";
                }
                catch (UserErrorException error)
                {
                    faults[i] = DataError.WithoutRemedy(error);
                }

                return values;
            },
            _ => { }
        );
        return faults.OfType<string>();
    }
}
