using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using NeuroTrails.Client.Verbs;

namespace NeuroTrails.Client.Cli;

/// <summary>The whole command line: verbs, help, errors of usage, exit codes.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args, ClientHost host)
    {
        var root = Root(host);
        var parsed = root.Parse(
            args.ToArray() switch
            {
                [] => ["--help"],
                ["help", .. var verb] => [.. verb, "--help"],
                var words => words,
            }
        );
        if (parsed.Action is ParseErrorAction)
        {
            return UsageErrors.Print(parsed, root, host.Error);
        }

        var configuration = new InvocationConfiguration
        {
            Output = host.Output,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        var code = await parsed.InvokeAsync(configuration, host.Interrupted);
        return args.Count == 0 ? ExitCode.Usage : code;
    }

    public static RootCommand Root(ClientHost host)
    {
        var root = new RootCommand(
            "Trains dynamic sparse multi-head ensembles: a shared backbone and sparse heads that prune and regrow their connections while "
                + "they learn."
        );
        var verbs = Verbs();
        foreach (var verb in verbs)
        {
            var command = verb.Build(host);
            EmptyValues.Refuse(command);
            root.Subcommands.Add(command);
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, verbs.ToDictionary(verb => verb.Name, verb => verb.Examples));
        return root;
    }

    public static IReadOnlyList<IVerb> Verbs() =>
        [
            new TrainVerb(),
            new CompareVerb(),
            new EvalVerb(),
            new ReportVerb(),
            new PredictVerb(),
            new GenerateVerb(),
            new ExportVerb(),
            new DescribeVerb(),
            new StatusVerb(),
            new RunsVerb(),
            new WatchVerb(),
            new CheckVerb(),
            new SiloVerb(),
            new SilosVerb(),
            new AttachVerb(),
            new StopVerb(),
            new DoctorVerb(),
            new BenchVerb(),
        ];
}
