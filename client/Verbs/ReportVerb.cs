using System.CommandLine;
using System.Globalization;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Client.Report;

namespace NeuroTrails.Client.Verbs;

/// <summary><c>report</c>: figures and tables of runs for a paper.</summary>
internal sealed class ReportVerb : IVerb
{
    private readonly Argument<string[]> _runs = new("RUN")
    {
        Description = "Run folders, or the folder of a comparison; runs that differ only in the seed are one method",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder to write; default report in the folder of the one run or comparison, or report for several runs",
        HelpName = "DIR",
    };
    private readonly Option<double> _confidence = new("--confidence")
    {
        Description = "Confidence of intervals, and 1 less the level of significance",
        HelpName = "X",
        DefaultValueFactory = _ => 0.95,
    };
    private readonly Option<string?> _reference = new("--reference")
    {
        Description = "Method that the others are compared with; default neurotrails, or the first where there is none",
        HelpName = "METHOD",
    };
    private readonly Option<string?> _ood = new("--ood")
    {
        Description = "Samples that are not the data's, in a form that predict takes: adds histograms of the ensemble's uncertainty",
        HelpName = "FILE|DIR",
    };
    private readonly Option<string?> _data = new("--data")
    {
        Description = "Where the data set lies, when not where the runs found it",
        HelpName = "DIR",
    };
    private readonly Option<string?> _device = SharedOptions.Device();

    /// <inheritdoc/>
    public string Name => "report";

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples { get; } =
    [
        "report runs/quickstart",
        "report runs/a-1 runs/a-2 runs/b-1 runs/b-2 --out paper/figures",
        "report runs/comparison --confidence 0.99",
    ];

    /// <inheritdoc/>
    public Command Build(ClientHost host)
    {
        return new Command(Name, "Writes a report of runs for a paper: a page, tables (CSV, JSON, LaTeX), figures (SVG, PNG)")
        {
            _runs,
            _out,
            _confidence,
            _reference,
            _ood,
            _data,
            _device,
        }.Reading(host, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, ClientHost host, CancellationToken stop)
    {
        var confidence = parsed.GetValue(_confidence);
        if (confidence is not (>= 0.5 and <= 0.9999))
        {
            throw new UserErrorException(
                string.Create(CultureInfo.InvariantCulture, $"--confidence: {confidence} is not allowed. Allowed: 0.5 to 0.9999.")
            );
        }

        var paths = parsed.GetValue(_runs)!;
        var order = new ReportOrder
        {
            Paths = paths,
            Out = parsed.GetValue(_out),
            Confidence = confidence,
            Reference = parsed.GetValue(_reference),
            Foreign = parsed.GetValue(_ood) is { } ood
                ? Path.Exists(ood)
                    ? Path.GetFullPath(ood)
                    : throw new UserErrorException($"--ood: there is no file or folder `{ood}`.")
                : null,
            DataPath = parsed.GetValue(_data) is { } place ? Path.GetFullPath(place) : null,
            Device = parsed.GetValue(_device),
            Command = Command(parsed, paths, confidence),
        };
        await new ReportMaker(host, new Notices(host, new(parsed))).WriteAsync(order, stop);
        return ExitCode.Success;
    }

    private string Command(ParseResult parsed, IReadOnlyList<string> paths, double confidence)
    {
        List<string> words = [.. paths, "--confidence", confidence.ToString(CultureInfo.InvariantCulture)];
        foreach (var option in new[] { _out, _reference, _ood, _data })
        {
            words.AddRange(parsed.GetValue(option) is { } value ? [option.Name, value] : []);
        }

        return ShellText.Command(Name, words);
    }
}
