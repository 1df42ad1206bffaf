namespace NeuroTrails.Data;

/// <summary>Turns the splits of a source into what a run uses: limited, split, with constants and augmentations.</summary>
internal static class Preparation
{
    public static DataSplits Prepare(
        string name,
        Normalisation? constants,
        DataOptions options,
        SourceSplits source,
        long seed,
        DataRecord? known = null
    )
    {
        if (source.Test is { } held)
        {
            Alike(name, source.Train, held);
        }

        var learnt = BalancedLimit.First(source.Train, options.Limit);
        var (train, validation) = source.Validation is { } own
            ? (learnt, BalancedLimit.First(own, options.Limit))
            : HoldOut.Split(learnt, options.Validation, seed);
        if (validation is not null)
        {
            Alike(name, train, validation);
        }

        known?.RequireAlike(train.Shape, train.Classes, train.ClassNames);
        var test = source.Test is { } whole ? BalancedLimit.First(whole, options.Limit) : null;
        var (augmentations, cutout) = AugmentationNames.Parse(options.Augment, train.Shape);
        constants = known?.Normalisation ?? Constants(constants, options, train);
        var record = Record(name, source, constants, known, train, validation, test);
        var ranges = Ranges(known ?? record, train, validation, test, known is not null);
        return new DataSplits(name, train, validation, test, new SamplePipeline(augmentations, constants, cutout))
        {
            Record = record,
            Faults = source.Faults,
            Excuse = source.Excuse,
            Notices = known is null ? [.. source.Notices, .. ranges] : [.. ranges],
        };
    }

    // The range is that of the training that was, like the constants.
    private static DataRecord Record(
        string name,
        SourceSplits source,
        Normalisation constants,
        DataRecord? known,
        IDataSet train,
        IDataSet? validation,
        IDataSet? test
    )
    {
        var range = known?.Range ?? ValueRange.Of(train);
        return new DataRecord
        {
            Name = name,
            Shape = [train.Shape.Channels, train.Shape.Height, train.Shape.Width],
            Classes = train.Classes,
            ClassNames = train.ClassNames,
            Columns = source.Columns,
            Scale = source.Scale,
            Mean = constants.Mean,
            Deviation = constants.Deviation,
            Lowest = range.Lowest,
            Highest = range.Highest,
            Train = Fingerprint.Of(train)!,
            Validation = Fingerprint.Of(validation),
            Test = Fingerprint.Of(test),
        };
    }

    private static IEnumerable<string> Ranges(DataRecord record, IDataSet train, IDataSet? validation, IDataSet? test, bool again)
    {
        (string Name, IDataSet? Data)[] splits =
        [
            ("the training split", again ? train : null),
            ("the validation split", validation),
            ("the test split", test),
        ];
        return splits
            .Where(split => split.Data is not null)
            .Select(split => record.Range?.Remark(split.Name, ValueRange.Of(split.Data!), record.Scale, record.SampleShape.IsVector))
            .OfType<string>();
    }

    private static void Alike(string name, IDataSet train, IDataSet other)
    {
        if (train.Shape != other.Shape || train.Classes != other.Classes)
        {
            throw DataError.Damaged(
                name,
                $"{train.Name} of {train.Shape} with {train.Classes} classes beside {other.Name} of {other.Shape} with {other.Classes}",
                "splits of one shape and one number of classes"
            );
        }
    }

    private static Normalisation Constants(Normalisation? wellKnown, DataOptions options, IDataSet train)
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
        var usable = wellKnown?.Mean.Count == parts ? wellKnown : null;
        return usable ?? (vectors ? ColumnStatistics.Of(train) : ChannelStatistics.Of(train));
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
