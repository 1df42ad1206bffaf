using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>Hands data that were opened to see what a run is made from to the silo that trains on them, so that they are read once.</summary>
/// <param name="source">Opens anything else.</param>
/// <param name="opened">The data; null where they were not opened.</param>
/// <param name="record">What the run is made from.</param>
internal sealed class HandedData(IRunDataSource source, IRunData? opened, DataRecord record) : IRunDataSource
{
    private readonly string _record = DataRecordFile.Write(record);

    public string? Name => source.Name;

    public IRunData Open(RunOptions options, DataRecord? known = null) =>
        opened is not null && known is not null && DataRecordFile.Write(known) == _record ? opened : source.Open(options, known);
}
