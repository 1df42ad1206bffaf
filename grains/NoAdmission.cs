using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary>A process of its own is no cluster: runs are started by whoever holds their folder.</summary>
public sealed class NoAdmission : IRunAdmission
{
    /// <inheritdoc/>
    public Task<RunDefinition> Admit(RunSubmission submission, Action<RunNotice> notice) =>
        throw new UserErrorException("This silo belongs to one process and takes no runs from others. Start silos (./neurotrails silo --name a).");

    /// <inheritdoc/>
    public void Compare(RunSubmission submission, string options) => throw new NotSupportedException("Who admits no runs has none to compare.");
}
