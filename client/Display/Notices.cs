using NeuroTrails.Client.Cli;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Display;

/// <summary>Shows only what deserves attention, on the error stream; for verbs whose output others may parse.</summary>
internal sealed class Notices(ClientHost host, VerbWords words) : IProgress<RunUpdate>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private long _last = host.Time.GetTimestamp();

    public void Report(RunUpdate value)
    {
        if (value is RunNotice notice)
        {
            var message = words.Say(notice.Message);
            host.Error.WriteLine(notice.Warning ? $"warning: {message}" : message);
        }
        else if (value is MeasureProgress progress && host.Time.GetElapsedTime(_last) >= Interval)
        {
            _last = host.Time.GetTimestamp();
            host.Error.WriteLine(RunLines.Of(progress));
        }
    }
}
