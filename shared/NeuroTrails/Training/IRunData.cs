using NeuroTrails.Data;

namespace NeuroTrails.Training;

/// <summary>The data of a run as its backbone needs it. Any batch can be had at any time, by anyone, from the step alone.</summary>
public interface IRunData
{
    /// <summary>Shape and size of the training split.</summary>
    DataShape Shape { get; }

    /// <summary>What the user should know of the data before training on them, a sentence or more each; usually nothing.</summary>
    IReadOnlyList<string> Notices => [];

    /// <summary>What a run on these data is made from; null where <see cref="Normalise"/> knows it
    /// all, and a fingerprint is to be taken of batches.</summary>
    DataRecord? Record => null;

    /// <summary>Loads a training batch, augmented and normalised.</summary>
    /// <param name="step">Step, from 1.</param>
    /// <param name="reuse">A batch that is no longer needed, whose arrays may be used again; or null.</param>
    HostBatch Training(long step, HostBatch? reuse = null);

    /// <summary>Samples in a split.</summary>
    /// <param name="split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    /// <returns>0 where there is no such split.</returns>
    int Count(string split);

    /// <summary>Loads part of a split, normalised, without augmentation. A sample is the same however the split
    /// is cut into parts.</summary>
    /// <param name="split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    /// <param name="start">Index of the first sample.</param>
    /// <param name="count">Samples, at least 1.</param>
    HostBatch Range(string split, int start, int count);

    /// <summary>A split's samples as they are stored, not normalised; null where there is no such split, and where a source has them in no
    /// such form (they are then not corrupted for <c>eval --corruptions</c>).</summary>
    /// <param name="split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    IDataSet? Samples(string split) => null;

    /// <summary>Normalises samples that a caller brings.</summary>
    /// <param name="samples">Values as the data set stores them, [N, …] in C order.</param>
    HostBatch Normalise(float[] samples);
}

/// <summary>Opens the data of a run; a host may register its own.</summary>
public interface IRunDataSource
{
    /// <summary>What the run records as <c>data.name</c>; null where the options name the data.</summary>
    string? Name => GetType().Name;

    /// <summary>Opens the data.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="known">What the run was made from, whose preparation then holds; null where it starts.</param>
    /// <exception cref="UserErrorException">The data is missing, damaged or does not fit.</exception>
    IRunData Open(Configuration.RunOptions options, DataRecord? known = null);
}
