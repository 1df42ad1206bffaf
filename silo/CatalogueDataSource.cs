using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>Opens data sets of the catalogue, as they are on the disk at that moment.</summary>
public sealed class CatalogueDataSource : IRunDataSource
{
    /// <inheritdoc/>
    public string? Name => null;

    /// <inheritdoc/>
    public IRunData Open(RunOptions options, DataRecord? known = null) =>
        TextSplits.Has(options.Data.Name)
            ? new TextRunData(TextSplits.Open(options.Data), options)
            : new SplitRunData(DataSetCatalogue.Open(options.Data, options.Seed, known: known), options);
}
