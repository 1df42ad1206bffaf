using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Running;
using NeuroTrails.Silo;

namespace NeuroTrails.Tests.Engine;

/// <summary>Admits runs just as a test describes them.</summary>
internal sealed class GivenRuns : IRunAdmission
{
    private readonly ConcurrentDictionary<string, RunDefinition> _runs = new(StringComparer.Ordinal);

    /// <summary>Begins a run on a silo that has this admission.</summary>
    public static async Task<ICoordinatorGrain> Begin(SiloHost silo, RunDefinition run)
    {
        Assert.IsType<GivenRuns>(silo.Services.GetRequiredService<IRunAdmission>()).Describe(run);
        var coordinator = silo.Grains.GetGrain<ICoordinatorGrain>(run.RunId);
        var submission = new RunSubmission(run.RunId, run.Options, true, [], true, Id: run.RunId);
        var reply = await coordinator.Submit(submission);
        while (reply.Phase == RunPhase.Submitted)
        {
            reply = await coordinator.Submit(submission);
        }

        Assert.Null(reply.Refusal);
        return coordinator;
    }

    /// <summary>Describes a run that may be submitted by its name.</summary>
    public void Describe(RunDefinition run) => _runs[run.RunId] = run;

    public Task<AdmittedRun> Admit(RunSubmission submission, string lease, Action<RunUpdate> tell) =>
        Task.FromResult(new AdmittedRun(_runs[submission.RunId], null));

    public void Compare(RunSubmission submission, string options)
    {
        // A test that goes on with a run goes on with what it began.
    }
}
