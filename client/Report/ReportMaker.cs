using NeuroTrails.Checkpoints;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Formats;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Report;

/// <summary>Looks at runs and writes their report.</summary>
/// <param name="host">Receives what is said; its engine looks at the checkpoints.</param>
/// <param name="remarks">Hears what the engine remarks.</param>
internal sealed class ReportMaker(ClientHost host, IProgress<RunUpdate> remarks)
{
    /// <summary>Makes the report of a finished run or comparison in its own folder, as the verb without options does.</summary>
    /// <param name="path">The folder, as the user should type it.</param>
    /// <param name="stop">Ends the work.</param>
    public Task WriteAsync(string path, CancellationToken stop) =>
        WriteAsync(new ReportOrder { Paths = [path], Command = ShellText.Command("report", path) }, stop);

    /// <summary>Makes a report and says where it is.</summary>
    /// <param name="order">What is asked for.</param>
    /// <param name="stop">Ends the work.</param>
    /// <exception cref="UserErrorException">There are no runs, none has results, or the folder cannot be written.</exception>
    public async Task WriteAsync(ReportOrder order, CancellationToken stop)
    {
        var notes = new List<string>();
        var input = ReportInput.Of(order.Paths, notes.Add);
        var name = order.Out ?? input.Output;
        var folder = new ReportFolder(name);
        folder.Try();
        var report = await GatherAsync(order, input, notes, stop);
        var files = await Task.Run(() => folder.Write(report), CancellationToken.None).WaitAsync(stop);
        foreach (var note in report.Notes)
        {
            host.Error.WriteLine($"note: {note}");
        }

        host.Output.WriteLine(
            $"{Readable.Count(input.Folders.Count, "run")} of {Readable.Count(report.Groups.Count, "method")}, "
                + $"{Readable.Count(report.Figures.Count, "figure")}, {Readable.Count(files, "file")}: {Path.Combine(name, "report.html")}"
        );
    }

    /// <summary>Computes a report, without a file of it.</summary>
    /// <param name="order">What is asked for.</param>
    /// <param name="input">The runs.</param>
    /// <param name="notes">What is known already to be missing; more is added.</param>
    /// <param name="stop">Ends the work.</param>
    /// <exception cref="UserErrorException">None of the runs has results.</exception>
    public async Task<ReportData> GatherAsync(ReportOrder order, ReportInput input, List<string> notes, CancellationToken stop)
    {
        var runs = new List<ReportRun>();
        foreach (var (index, path) in input.Folders.Index())
        {
            host.Error.WriteLine($"{path} ({index + 1} of {input.Folders.Count})");
            var run = input.Read(path);
            var request = new EvidenceRequest(new RunFolder(path).Path, CheckpointChoice.Last, order.DataPath, order.Device, order.Foreign);
            runs.Add(run with { Evidence = await Examine(request, path, run, notes.Add, stop) });
        }

        if (runs.TrueForAll(run => run.Figures is null))
        {
            throw new UserErrorException($"report: none of the runs has results yet. {string.Join(' ', notes)}");
        }

        return ReportData.Of(
            runs,
            new(order.Confidence, order.Reference, order.Command, input.Comparison?.Command, host.Time.GetUtcNow()),
            notes
        );
    }

    // A run without its data or checkpoint still has the figures of its summary.
    private async Task<RunEvidence?> Examine(
        EvidenceRequest request,
        string path,
        ReportRun run,
        Action<string> note,
        CancellationToken stop
    )
    {
        try
        {
            return await host.Engine().ExamineAsync(request, remarks, stop);
        }
        catch (Exception fault)
            when (fault is UserErrorException or IOException or UnauthorizedAccessException or SafetensorsFormatException)
        {
            note(
                $"{path}: its checkpoint could not be looked at, so "
                    + (run.Summary is null ? "it is not in the figures" : "its figures are those of its summary")
                    + $": {fault.Message.ReplaceLineEndings(" ")}"
            );
            return null;
        }
    }
}

/// <summary>What a report is asked to be of.</summary>
internal sealed record ReportOrder
{
    /// <summary>Run folders, or one folder of a comparison, as the user types them.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>The command line that makes it again.</summary>
    public required string Command { get; init; }

    /// <summary>Folder to write; null for the usual one.</summary>
    public string? Out { get; init; }

    /// <summary>Confidence of all intervals, between 0 and 1.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Name of the method that others are compared with; null for the usual one.</summary>
    public string? Reference { get; init; }

    /// <summary>Full path of foreign samples; null for none.</summary>
    public string? Foreign { get; init; }

    /// <summary>Full path of the data set; null for where the runs found it.</summary>
    public string? DataPath { get; init; }

    /// <summary>Where to compute; null for where the runs did.</summary>
    public string? Device { get; init; }
}
