using NeuroTrails.Client.Cli;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Display;

/// <summary>Plain lines, for files and pipes: the first step, the last, and one every few seconds between.</summary>
internal sealed class PlainDisplay(ClientHost host, TimeSpan interval) : IRunDisplay
{
    private readonly Lock _gate = new();
    private long? _last;

    public void Report(RunUpdate value)
    {
        lock (_gate)
        {
            switch (value)
            {
                case RunStarted started:
                    host.Output.WriteLine(RunLines.Of(started));
                    break;
                case StepProgress step when IsDue(step):
                    _last = host.Time.GetTimestamp();
                    host.Output.WriteLine(RunLines.Of(step));
                    break;
                case MeasureProgress progress when _last is not { } last || host.Time.GetElapsedTime(last) >= interval:
                    _last = host.Time.GetTimestamp();
                    host.Output.WriteLine(RunLines.Of(progress));
                    break;
                case RunMeasured measured:
                    host.Output.WriteLine(RunLines.Line(measured));
                    break;
                case RunNotice { Warning: true } notice:
                    host.Error.WriteLine($"warning: {notice.Message}");
                    break;
                case RunNotice notice:
                    host.Output.WriteLine(notice.Message);
                    break;
            }

            host.Output.Flush();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private bool IsDue(StepProgress step) =>
        _last is not { } last || step.Step == step.TotalSteps || host.Time.GetElapsedTime(last) >= interval;
}
