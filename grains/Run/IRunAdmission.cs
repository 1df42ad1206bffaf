using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary>Turns what somebody asks to be trained into a run with a folder.</summary>
internal interface IRunAdmission
{
    // Checks settings and data, and makes or opens the run's folder.
    Task<AdmittedRun> Admit(RunSubmission submission, string lease, Action<RunUpdate> tell);

    // Compares what is asked for with a run that is there: settings that would be passed over are refused.
    void Compare(RunSubmission submission, string options);
}
