using NeuroTrails.Client.Cli;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Display;

/// <summary>Shows only what deserves attention, on the error stream; for verbs whose output others may parse.</summary>
/// <param name="host">The terminal.</param>
/// <param name="words">The verb's words.</param>
internal sealed class Notices(ClientHost host, VerbWords words) : IProgress<RunUpdate>
{
    /// <inheritdoc/>
    public void Report(RunUpdate value)
    {
        if (value is RunNotice notice)
        {
            var message = words.Say(notice.Message);
            host.Error.WriteLine(notice.Warning ? $"warning: {message}" : message);
        }
    }
}
