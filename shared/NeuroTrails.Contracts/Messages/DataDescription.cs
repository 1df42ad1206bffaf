using NeuroTrails.Data;
using NeuroTrails.Training;

namespace NeuroTrails.Contracts;

/// <summary>What owners need to know of the data.</summary>
/// <param name="Channels">Channels of a sample.</param>
/// <param name="Height">Rows of a sample; 1 for vectors.</param>
/// <param name="Width">Columns of a sample; 1 for vectors.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="TrainingSamples">Samples in the training split.</param>
/// <param name="ValidationSamples">Samples in the validation split; 0 where there is none.</param>
/// <param name="TestSamples">Samples in the test split.</param>
/// <param name="Record">What the run was made from, the text of its <c>data.json</c>; absent for runs of older versions.</param>
[GenerateSerializer, Immutable, Alias("nt.DataDescription")]
public sealed record DataDescription(
    int Channels,
    int Height,
    int Width,
    int Classes,
    int TrainingSamples,
    int ValidationSamples,
    int TestSamples,
    string? Record = null
)
{
    /// <summary>The split that results are of: test where there is one, else validation, else train.</summary>
    public string ResultSplit =>
        TestSamples > 0 ? "test"
        : ValidationSamples > 0 ? "validation"
        : "train";

    /// <summary>Samples in a split.</summary>
    /// <param name="split">Its name.</param>
    public int Samples(string split) =>
        split switch
        {
            "test" => TestSamples,
            "validation" => ValidationSamples,
            _ => TrainingSamples,
        };

    /// <summary>What a plan needs to know of the data.</summary>
    public DataShape ToShape() =>
        new(new(Channels, Height, Width), Classes, TrainingSamples)
        {
            ClassCounts = Record is null ? null : DataRecordFile.Read(Record, "data.json").Train.ClassCounts,
        };

    /// <summary>Describes what a run is made from.</summary>
    /// <param name="record">The record.</param>
    public static DataDescription Of(DataRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new(
            record.Shape[0],
            record.Shape[1],
            record.Shape[2],
            record.Classes,
            record.Train.Samples,
            record.Validation?.Samples ?? 0,
            record.Test?.Samples ?? 0,
            DataRecordFile.Write(record)
        );
    }
}
