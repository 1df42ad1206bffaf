using NeuroTrails.Client.Cli;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Display;

/// <summary>Keeps a <see cref="LivePicture"/> on the terminal, drawn anew ten times a second.</summary>
internal sealed class LiveDisplay : IRunDisplay
{
    private const string HideCursor = "\u001b[?25l";
    private const string ShowCursor = "\u001b[?25h";
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private readonly ClientHost _host;
    private readonly LivePicture _picture;
    private readonly Task _drawing;

    public LiveDisplay(ClientHost host)
    {
        _host = host;
        _picture = new(new(host.Colour));
        _drawing = Task.Run(DrawAsync);
    }

    public void Report(RunUpdate value)
    {
        lock (_gate)
        {
            _picture.Report(value);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _drawing;
        _end.Dispose();
    }

    private async Task DrawAsync()
    {
        Write(HideCursor);
        do
        {
            Draw(last: false);
            await Task.Delay(Refresh, _host.Time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        } while (!_end.IsCancellationRequested);
        Draw(last: true);
        Write(ShowCursor);
    }

    private void Draw(bool last)
    {
        var (width, height) = _host.Size();
        lock (_gate)
        {
            Write(_picture.Draw(width, height, last));
        }
    }

    private void Write(string text)
    {
        _host.Output.Write(text);
        _host.Output.Flush();
    }
}
