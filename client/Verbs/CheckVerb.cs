using System.CommandLine;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Configuration;
using NeuroTrails.Data;

namespace NeuroTrails.Client.Verbs;

internal sealed class CheckVerb : IVerb
{
    private readonly Argument<string> _folder = new("DATA") { Description = "Folder of the data set" };
    private readonly Option<string[]> _set = new("--set")
    {
        Description = "How the data are read, as for train: --set data.name=csv; may be repeated",
        HelpName = "data.X=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    public string Name => "check";

    public IReadOnlyList<string> Examples { get; } = ["check photos/", "check tables/ --set data.label_column=species"];

    public Command Build(ClientHost host)
    {
        var command = new Command(Name, "Reads a data set from end to end and names everything in it that cannot be used")
        {
            _folder,
            _set,
        };
        _set.AllowMultipleArgumentsPerToken = false;
        command.SetAction(
            (parsed, stop) =>
                Failures.GuardReadingAsync(
                    host,
                    parsed,
                    () => Task.FromResult(Run(parsed.GetValue(_folder)!, parsed.GetValue(_set) ?? [], host, stop))
                )
        );
        return command;
    }

    private static int Run(string folder, string[] settings, ClientHost host, CancellationToken stop)
    {
        if (!Directory.Exists(folder))
        {
            throw new UserErrorException($"check: there is no folder `{folder}`.");
        }

        var check = DataCheck.Of(Options(folder, settings), stop);
        foreach (var line in DataHeader.Of(check.Record).Concat(check.Notices))
        {
            host.Output.WriteLine(line);
        }

        foreach (var fault in check.Faults)
        {
            host.Output.WriteLine(fault);
        }

        var samples = Readable.Count(check.Samples, "sample");
        host.Output.WriteLine(
            check.Faults.Count == 0
                ? $"{samples} read; all can be used"
                : $"{samples} read; {Readable.Count(check.Faults.Count)} of them cannot be used. Mend or remove them; train leaves files "
                    + $"of an image folder out by --set data.skip_bad={check.Faults.Count}"
        );
        return check.Faults.Count == 0 ? ExitCode.Success : ExitCode.Usage;
    }

    private static DataOptions Options(string folder, string[] settings)
    {
        if (settings.FirstOrDefault(setting => !setting.StartsWith("data.", StringComparison.Ordinal)) is { } foreign)
        {
            throw new UserErrorException(
                $"check: `{foreign}` is no setting of the data. Allowed: those that begin with data., see docs/configuration.md."
            );
        }

        var reader = new RunOptionsReader();
        if (!settings.Any(setting => setting.StartsWith("data.name=", StringComparison.Ordinal)))
        {
            var formats = DataCheck.FormatsOf(folder);
            reader.AddAssignment(
                $"data.name={(formats is [var one] ? one : throw new UserErrorException(
                $"check: `{folder}` "
                    + $"{(formats.Count == 0 ? "holds no data set of a known form" : $"may be {string.Join(" or ", formats)}")}. Say "
                        + "which it is by --set data.name=NAME "
                            + $"({string.Join(", ", DataSetCatalogue.Summaries.Select(entry => entry.Key))})."))}"
            );
        }

        foreach (var setting in settings)
        {
            reader.AddAssignment(setting);
        }

        var options = reader.Read().Data;
        return options with { Path = Path.GetFullPath(folder) };
    }
}
