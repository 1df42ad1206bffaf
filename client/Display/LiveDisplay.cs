using NeuroTrails.Client.Cli;
using NeuroTrails.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeuroTrails.Client.Display;

/// <summary>A few lines that redraw themselves, ten times a second at most; what happens once scrolls away above them.</summary>
internal sealed class LiveDisplay : IRunDisplay
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);
    private readonly Lock _gate = new();
    private readonly Queue<string> _above = [];
    private readonly CancellationTokenSource _end = new();
    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly Task _drawing;
    private StepProgress? _step;
    private RunMeasured? _measured;
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
                    _step = step;
                    break;
                case RunMeasured measured:
                    _measured = measured;
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

    private Task DrawAsync() => _console.Live(new Text(string.Empty)).AutoClear(false).StartAsync(async live =>
    {
        do
        {
            Draw(live);
            await Task.Delay(Refresh, _time, _end.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        while (!_end.IsCancellationRequested);
        Draw(live);
    });

    private void Draw(LiveDisplayContext live)
    {
        lock (_gate)
        {
            while (_above.TryDequeue(out var line))
            {
                _console.MarkupLine(line);
            }

            live.UpdateTarget(Picture());
        }
    }

    private Rows Picture()
    {
        if (_step is not { } step)
        {
            return new Rows(new Text("preparing …"));
        }

        var lines = new List<IRenderable>
        {
            new Markup($"{Bar(step.Step, step.TotalSteps)} step [bold]{Humanly.Count(step.Step)}[/] of {Humanly.Count(step.TotalSteps)}  epoch {step.Epoch:0.00}  {RunLines.Speed(step)}"),
            new Markup($"loss by head [bold]{Humanly.Shares(step.LossPerHead)}[/]{(step.Accuracy is { } accuracy ? $"  accuracy [bold]{Humanly.Share(accuracy)}[/]" : string.Empty)}  density {Humanly.Share(step.Density)}"),
            new Markup($"topology {RunLines.Topology(step)}{(_checkpoint is { } at ? $"  checkpoint at step {Humanly.Count(at)}" : string.Empty)}"),
        };
        if (_measured is { } measured)
        {
            lines.Add(new Text(RunLines.Of(measured)));
        }

        return new Rows(lines);
    }

    private static string Bar(long done, long total)
    {
        const int width = 30;
        var filled = (int)Math.Clamp(total == 0 ? 0 : done * width / total, 0, width);
        return $"[green]{new string('━', filled)}[/][grey]{new string('━', width - filled)}[/]";
    }
}
