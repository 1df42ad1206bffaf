using NeuroTrails.Configuration;
using NeuroTrails.Data;

namespace NeuroTrails.Training;

/// <summary>
/// Data sets of one's own as the data of a run, with all that the <c>data</c> section of the settings offers: validation held out, limits,
/// augmentation, normalisation. Arrays become data sets by <see cref="FloatDataSet"/> and <see cref="ByteDataSet"/>.
/// </summary>
/// <param name="name">What the run records as <c>data.name</c>.</param>
/// <param name="train">What is learnt from.</param>
/// <param name="test">What is reported; null where there is none.</param>
/// <param name="validation">What chooses the best checkpoint; null to hold out training samples as <c>data.validation</c> says.</param>
public sealed class DataSetSource(string name, IDataSet train, IDataSet? test = null, IDataSet? validation = null) : IRunDataSource
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IRunData Open(RunOptions options, DataRecord? known = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        DataOptionsCheck.Run(options.Data);
        var source = new SourceSplits(train, test, validation) { Scale = train is ByteDataSet bytes ? bytes.Scale : 1 };
        return new SplitRunData(Preparation.Prepare(name, constants: null, options.Data, source, options.Seed, known), options);
    }
}
