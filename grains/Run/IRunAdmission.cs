using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary>Turns what somebody asks to be trained into a run with a folder.</summary>
public interface IRunAdmission
{
    /// <summary>Checks settings and data, and makes or opens the run's folder.</summary>
    /// <param name="submission">What to train.</param>
    /// <param name="lease">By this the run's coordinators, one after the other, know the right to write its folder for their own.</param>
    /// <param name="tell">Told what the user should know, on any thread.</param>
    /// <exception cref="UserErrorException">It cannot be trained here; nothing was touched.</exception>
    Task<AdmittedRun> Admit(RunSubmission submission, string lease, Action<RunUpdate> tell);

    /// <summary>Compares what is asked for with a run that is there: settings that would be passed over are refused.</summary>
    /// <param name="submission">What is asked for.</param>
    /// <param name="options">The run's own settings, as YAML.</param>
    /// <exception cref="UserErrorException">They differ; the message says in what.</exception>
    void Compare(RunSubmission submission, string options);
}
