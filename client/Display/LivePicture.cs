using NeuroTrails.Running;

namespace NeuroTrails.Client.Display;

/// <summary>Where a run stands, in a few lines that are drawn over themselves; what happens once
/// is written above them and scrolls away.</summary>
/// <remarks>
/// Between two drawings the cursor waits in an empty line above the picture. A terminal that is made narrower folds its lines anew and
/// keeps the cursor in its line, so that nobody has to count rows; and what others write there meanwhile, such as ^C, pushes the picture
/// down instead of into it.
/// </remarks>
internal sealed class LivePicture(Ink ink)
{
    private readonly Queue<RunUpdate> _above = [];
    private StepProgress? _step;
    private RunMeasured? _measured;
    private MeasureProgress? _measuring;
    private long? _checkpoint;

    public void Report(RunUpdate value)
    {
        switch (value)
        {
            case RunStarted or RunNotice:
                _above.Enqueue(value);
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
        }
    }

    // The last picture has the cursor below it.
    public string Draw(int width, int height, bool last)
    {
        var screen = new Canvas();

        // One letter less: behind the last one of a line terminals disagree on where the cursor is.
        var room = Math.Max(1, width - 1);
        while (_above.TryDequeue(out var update))
        {
            foreach (var line in Above(update, room))
            {
                screen.Line(line);
            }
        }

        List<string> picture = [string.Empty, .. Parts().SelectMany(parts => Flow.Lines(parts, room)).Take(Math.Max(1, height - 2))];
        foreach (var line in picture[..^1])
        {
            screen.Line(line);
        }

        screen.End(picture[^1], last ? 0 : picture.Count - 1);
        return screen.ToString();
    }

    // A notice may hold a command, which can be copied whole only where the terminal itself folds it.
    private IEnumerable<string> Above(RunUpdate update, int room) =>
        update switch
        {
            RunStarted started => Flow.Fold(RunLines.Of(started), room),
            RunNotice { Warning: true } notice => $"{ink.Yellow("warning:")} {notice.Message}".Split('\n'),
            RunNotice notice => notice.Message.Split('\n'),
            _ => [],
        };

    private IEnumerable<IReadOnlyList<string>> Parts()
    {
        if (_step is not { } step)
        {
            yield return ["preparing …"];
            yield break;
        }

        yield return
        [
            Bar(step.Step, step.TotalSteps),
            $"step {ink.Bold(Readable.Count(step.Step))} of {Readable.Count(step.TotalSteps)}",
            RunLines.Epoch(step),
            .. RunLines.Speed(step),
        ];
        yield return
        [
            $"loss {ink.Bold(Readable.Heads(step.LossPerHead))}",
            .. step.Accuracy is { } accuracy ? new[] { $"accuracy {ink.Bold(Readable.Share(accuracy))}" } : [],
            $"density {Readable.Share(step.Density)}",
        ];
        yield return
        [
            $"topology {RunLines.Topology(step)}",
            .. _checkpoint is { } at ? new[] { $"checkpoint of step {Readable.Count(at)}" } : [],
        ];
        if (_measuring is { } measuring)
        {
            yield return [RunLines.Of(measuring)];
        }
        else if (_measured is { } measured)
        {
            yield return RunLines.Of(measured);
        }
    }

    private string Bar(long done, long total)
    {
        const int width = 20;
        var filled = (int)Math.Clamp(total == 0 ? 0 : done * width / total, 0, width);
        return ink.Green(new string('━', filled)) + ink.Grey(new string(ink.Colour ? '━' : '─', width - filled));
    }
}
