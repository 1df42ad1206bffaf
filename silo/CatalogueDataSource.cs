using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>Opens data sets of the catalogue. What a process has open it opens once: the client's check and the backbone's training share it.</summary>
public sealed class CatalogueDataSource : IRunDataSource
{
    private readonly Lock _lock = new();
    private (DataOptions Data, long Seed, DataSplits Splits)? _open;

    /// <inheritdoc/>
    public IRunData Open(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (_lock)
        {
            if (_open is not { } open || open.Seed != options.Seed || open.Data != options.Data)
            {
                _open = open = (options.Data, options.Seed, DataSetCatalogue.Open(options.Data, options.Seed));
            }

            return new SplitRunData(open.Splits, options);
        }
    }
}
