using System.Globalization;
using NeuroTrails.Client.Cli;
using NeuroTrails.Running;
using Spectre.Console;

namespace NeuroTrails.Client.Display;

/// <summary>A few lines that redraw themselves, ten times a second at most; what happens once scrolls away above them.</summary>
internal sealed class LiveDisplay : IRunDisplay
{
    private const string EraseBelow = "\u001b[J";
    private const string HideCursor = "\u001b[?25l";
    private const string ShowCursor = "\u001b[?25h";
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);
    private readonly Lock _gate = new();
    private readonly Queue<string> _above = [];
    private readonly CancellationTokenSource _end = new();
    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly Task _drawing;
    private int _drawn;
    private StepProgress? _step;
    private RunMeasured? _measured;
    private MeasureProgress? _measuring;
    private long? _checkpoint;

    /// <summary>Starts to draw.</summary>
    /// <param name="host">The terminal and the clock.</param>
    public LiveDisplay(ClientHost host)
    {
        _console = host.Console();
        _time = host.Time;
        _drawing = Task.Run(DrawAsync);
    }

    /// <inheritdoc/>
    public void Report(RunUpdate value)
    {
        lock (_gate)
        {
            switch (value)
            {
                case RunStarted started:
                    _above.Enqueue(Markup.Escape(RunLines.Of(started)));
                    break;
                case StepProgress step:
                    (_step, _measuring) = (step, null);
                    break;
                case MeasureProgress progress:
                    _measuring = progress;
                    break;
                case RunMeasured measured:
                    (_measured, _measuring) = (measured, null);
                    break;
                case CheckpointCommitted committed:
                    _checkpoint = committed.Step;
                    break;
                case RunNotice notice:
                    _above.Enqueue(notice.Warning ? $"[yellow]warning:[/] {Markup.Escape(notice.Message)}" : Markup.Escape(notice.Message));
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _drawing;
        _end.Dispose();
    }

    private async Task DrawAsync()
    {
        _console.Write(new ControlCode(HideCursor));
        do
        {
            Draw();
            await Task.Delay(Refresh, _time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!_end.IsCancellationRequested);
        Draw();
        _console.Write(new ControlCode(ShowCursor));
    }

    // Drawn by hand: Spectre's own live region counts a line too many when text is written above it while it grows, and eats that text.
    private void Draw()
    {
        lock (_gate)
        {
            if (_drawn > 0)
            {
                _console.Write(new ControlCode(string.Create(CultureInfo.InvariantCulture, $"\u001b[{_drawn}A{EraseBelow}")));
            }

            while (_above.TryDequeue(out var line))
            {
                _console.MarkupLine(line);
            }

            _drawn = 0;
            foreach (var line in Picture())
            {
                // One line each, however narrow the terminal, or the count would be wrong.
                var (plain, room) = (Markup.Remove(line), _console.Profile.Width - 1);
                _console.MarkupLine(plain.Length <= room ? line : Markup.Escape(plain[..Math.Max(0, room - 1)] + '…'));
                _drawn++;
            }
        }
    }

    private IEnumerable<string> Picture()
    {
        if (_step is not { } step)
        {
            yield return "preparing …";
            yield break;
        }

        yield return $"{Bar(step.Step, step.TotalSteps)} step [bold]{Humanly.Count(step.Step)}[/] of {Humanly.Count(step.TotalSteps)}  epoch {step.Epoch:0.00}  {RunLines.Speed(step)}";
        yield return $"loss by head [bold]{Humanly.Shares(step.LossPerHead)}[/]{(step.Accuracy is { } accuracy ? $"  accuracy [bold]{Humanly.Share(accuracy)}[/]" : string.Empty)}  density {Humanly.Share(step.Density)}";
        yield return $"topology {RunLines.Topology(step)}{(_checkpoint is { } at ? $"  checkpoint at step {Humanly.Count(at)}" : string.Empty)}";
        if (_measuring is { } measuring)
        {
            yield return Markup.Escape(RunLines.Of(measuring));
        }
        else if (_measured is { } measured)
        {
            yield return Markup.Escape(RunLines.Of(measured));
        }
    }

    private static string Bar(long done, long total)
    {
        const int width = 30;
        var filled = (int)Math.Clamp(total == 0 ? 0 : done * width / total, 0, width);
        return $"[green]{new string('━', filled)}[/][grey]{new string('━', width - filled)}[/]";
    }
}
