using System.Globalization;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Compare;

/// <summary>Shows how far a comparison is: a table that is drawn anew on a terminal, else a line from time to time.</summary>
internal sealed class ComparisonDisplay(ClientHost host)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly string[] Titles = ["method", "done", "running", "left", "failed", "steps", "accuracy"];
    private IReadOnlyList<string> _drawn = [];
    private IReadOnlyList<string> _table = [];
    private string _last = string.Empty;
    private long _lastTime = host.Time.GetTimestamp();
    private bool _hasEstimated;

    public void Say(string line)
    {
        Erase();
        host.Output.WriteLine(line);
        Draw();
    }

    public void Show(IReadOnlyList<RunView> views, int slots, TimeSpan? left)
    {
        var total = Total(views, left);
        _table = [.. Rows(views), total];
        if (!_hasEstimated && left is { } first)
        {
            _hasEstimated = true;
            Say(
                $"about {Readable.Span(first)} for {Readable.Count(views.Count(view => view.IsLeft), "run")}, "
                    + $"{Readable.Count(slots)} at a time"
            );
        }

        if (host.Live)
        {
            Erase();
            Draw();
        }
        else if (total != _last && host.Time.GetElapsedTime(_lastTime) >= Interval)
        {
            (_last, _lastTime) = (total, host.Time.GetTimestamp());
            host.Output.WriteLine(total);
        }
    }

    public void End()
    {
        Erase();
        _table = [];
    }

    internal static IEnumerable<string> Rows(IReadOnlyList<RunView> views)
    {
        var rows = views
            .GroupBy(view => view.Run.Method)
            .Select(group => group.ToList())
            .Select(group =>
                (string[])
                    [
                        group[0].Run.Method,
                        Readable.Count(group.Count(view => view.Run.State == ComparedState.Finished)),
                        Readable.Count(group.Count(view => view.IsRunning)),
                        Readable.Count(group.Count(view => view.IsLeft && !view.IsRunning)),
                        Readable.Count(group.Count(view => view.Run.State == ComparedState.Failed)),
                        $"{Readable.Count(group.Sum(view => view.Step))}/{Readable.Count(group.Sum(view => view.Run.Steps))}",
                        Mean(group),
                    ]
            )
            .Prepend(Titles)
            .ToList();
        var widths = Titles.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        return rows.Select(row =>
            string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column])))
        );
    }

    private static string Mean(IEnumerable<RunView> views)
    {
        var known = views.Where(view => view.Run.Role == ComparedRole.Final && view.Accuracy is not null).ToList();
        return known.Count == 0 ? "–" : Readable.Fine(known.Average(view => view.Accuracy));
    }

    private static string Total(IReadOnlyList<RunView> views, TimeSpan? left)
    {
        var (done, failed, running) = (
            views.Count(view => view.Run.State == ComparedState.Finished),
            views.Count(view => view.Run.State == ComparedState.Failed),
            views.Count(view => view.IsRunning)
        );
        var waiting = views.Count(view => view.IsLeft) - running;
        return string.Create(
                CultureInfo.InvariantCulture,
                $"{done} of {Readable.Count(views.Count, "run")} done, {running} running, {waiting} left"
            )
            + (failed == 0 ? string.Empty : $", {Readable.Count(failed)} failed")
            + (left is { } time ? $", about {Readable.Span(time)} left" : string.Empty);
    }

    private void Erase()
    {
        if (_drawn.Count > 0)
        {
            host.Output.Write(string.Create(CultureInfo.InvariantCulture, $"\u001b[{_drawn.Count}A\r\u001b[J"));
            _drawn = [];
        }
    }

    private void Draw()
    {
        if (!host.Live || _table.Count == 0)
        {
            return;
        }

        // A line that is folded, or a table that is scrolled away, could not be taken back.
        var (width, height) = host.Size();
        var room = Math.Max(1, height - 1);
        _drawn = [.. _table.Skip(Math.Max(0, _table.Count - room)).Select(line => line.Length < width ? line : line[..(width - 1)])];
        foreach (var line in _drawn)
        {
            host.Output.WriteLine(line);
        }

        host.Output.Flush();
    }
}
