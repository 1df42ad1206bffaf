namespace NeuroTrails.Data;

/// <summary>Turns the splits of a source into what a run uses: limited, split, with constants and augmentations.</summary>
internal static class Preparation
{
    /// <summary>Applies the options.</summary>
    /// <exception cref="UserErrorException">The splits do not fit together, or an option does not fit the data.</exception>
    public static DataSplits Prepare(DataSetEntry entry, DataOptions options, SourceSplits source, long seed)
    {
        Alike(entry.Name, source.Train, source.Test);
        var whole = First(source.Train, options.Limit);
        var (train, validation) = source.Validation is { } own ? (whole, First(own, options.Limit)) : HoldOut.Split(whole, options.Validation, seed);
        if (validation is not null)
        {
            Alike(entry.Name, train, validation);
        }

        var (augmentations, cutout) = AugmentationNames.Parse(options.Augment, train.Shape);
        var pipeline = new SamplePipeline(augmentations, Constants(entry, options, train), cutout);
        return new DataSplits(entry.Name, train, validation, First(source.Test, options.Limit), pipeline) { Notices = source.Notices };
    }

    private static IDataSet First(IDataSet data, int limit) =>
        limit == 0 || limit >= data.Count ? data : new SubsetDataSet(data.Name, data, [.. Enumerable.Range(0, limit)]);

    private static void Alike(string name, IDataSet train, IDataSet other)
    {
        if (train.Shape != other.Shape || train.Classes != other.Classes)
        {
            throw DataError.Damaged(name, $"{train.Name} of {train.Shape} with {train.Classes} classes beside {other.Name} of {other.Shape} with {other.Classes}", "splits of one shape and one number of classes");
        }
    }

    private static Normalisation Constants(DataSetEntry entry, DataOptions options, IDataSet train)
    {
        var vectors = train.Shape.IsVector;
        var parts = vectors ? train.Shape.Length : train.Shape.Channels;
        if (options.Mean is { } mean && options.Deviation is { } deviation)
        {
            return new Normalisation(Spread("data.mean", mean, parts, vectors), Spread("data.deviation", deviation, parts, vectors));
        }

        if (options.Normalise == "none")
        {
            return Normalisation.None(parts);
        }

        // Those of coloured images say nothing of a set that is to be grey.
        var known = entry.Constants?.Mean.Count == parts ? entry.Constants : null;
        return known ?? (vectors ? ColumnStatistics.Of(train) : ChannelStatistics.Of(train));
    }

    private static float[] Spread(string option, IReadOnlyList<double> values, int parts, bool vectors)
    {
        if (values.Count != 1 && values.Count != parts)
        {
            var seen = $"{values.Count} values for {parts} {(vectors ? "column" : "channel")}{(parts == 1 ? "" : "s")}";
            throw DataError.Option(option, seen, parts == 1 ? "one value" : $"{parts} values, or one for all");
        }

        return [.. Enumerable.Range(0, parts).Select(part => (float)values[values.Count == 1 ? 0 : part])];
    }
}
