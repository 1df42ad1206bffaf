using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>Opens data sets of the catalogue. What a process has open it opens once: the client's check and the backbone's training share it.</summary>
public sealed class CatalogueDataSource : IRunDataSource
{
    private readonly Lock _lock = new();
    private (DataOptions Data, long Seed, DataSplits Splits, string Record)? _open;

    /// <inheritdoc/>
    public string? Name => null;

    /// <inheritdoc/>
    public IRunData Open(RunOptions options, DataRecord? known = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (_lock)
        {
            // What was opened without a record is what the record then says.
            var record = known is null ? null : DataRecordFile.Write(known);
            if (_open is not { } open || open.Seed != options.Seed || open.Data != options.Data || (record is not null && record != open.Record))
            {
                var splits = DataSetCatalogue.Open(options.Data, options.Seed, known: known);
                _open = open = (options.Data, options.Seed, splits, DataRecordFile.Write(splits.Record));
            }

            return new SplitRunData(open.Splits, options);
        }
    }
}
