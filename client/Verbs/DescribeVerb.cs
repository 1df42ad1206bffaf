using System.CommandLine;
using System.Globalization;
using NeuroTrails.Checkpoints;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Data;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Client.Verbs;

/// <summary><c>describe</c>: what a network or a run computes, block by block. Nothing is allocated.</summary>
internal sealed class DescribeVerb : IVerb
{
    // What a run calls the name of its network is an argument here.
    private const string NameSetting = "Change model.name";

    private readonly Argument<string> _what = new("MODEL|RUN") { Description = "Name of a network (model.name), or folder of a run" };
    private readonly Option<string[]> _set = new("--set")
    {
        Description = "A setting for a network that no run has yet: ensemble.heads=3, topology.density=0.2",
        HelpName = "KEY=VALUE",
    };
    private readonly Option<string?> _shape = new("--shape")
    {
        Description = "Shape of a sample for a network that no run has yet: 3x32x32, or 256 tokens of a llama, unless given",
        HelpName = "CxHxW",
    };
    private readonly Option<int?> _classes = new("--classes")
    {
        Description = "Classes for a network that no run has yet: 10, or 32,000 tokens of a llama, unless given",
        HelpName = "N",
    };
    private readonly Option<bool> _operations = new("--operations") { Description = "Shows the operations inside each block, too" };
    private readonly Option<bool> _mermaid = new("--mermaid")
    {
        Description = "Prints a drawing for Mermaid (https://mermaid.js.org) instead",
    };

    public string Name => "describe";

    public IReadOnlyList<string> Examples { get; } =
    [
        "describe wrn-28-10 --set ensemble.heads=3 --set topology.density=0.2",
        "describe resnet50 --shape 3x224x224 --classes 1000 --operations",
        "describe llama-130m --shape 256 --classes 32000 --set ensemble.blocks_in_head=8",
        "describe runs/quickstart --mermaid",
    ];

    public Command Build(ClientHost host)
    {
        var command = new Command(Name, "Shows what a network or a run computes: shapes, parameters, active share and FLOPs of each block")
        {
            _what,
            _set,
            _shape,
            _classes,
            _operations,
            _mermaid,
        };
        command.SetAction((parsed, _) => Failures.GuardReadingAsync(host, parsed, () => Task.FromResult(Run(parsed, host))));
        return command;
    }

    private int Run(ParseResult parsed, ClientHost host)
    {
        var plan = Plan(parsed, host.Models, out var assumed);
        var operations = parsed.GetValue(_operations);
        if (parsed.GetValue(_mermaid))
        {
            NetworkText.Mermaid(plan, operations, host.Output);
            return ExitCode.Success;
        }

        NetworkText.Tree(plan, operations, host.Output);
        if (assumed)
        {
            host.Output.WriteLine(
                "Samples and classes by --shape and --classes, everything else by --set; a run's\nown are shown by its folder."
            );
        }

        return ExitCode.Success;
    }

    private RunPlan Plan(ParseResult parsed, ModelCatalogue models, out bool assumed)
    {
        var what = parsed.GetValue(_what)!;
        assumed = !new RunFolder(Path.GetFullPath(what)).HoldsRun;
        var (set, shape, classes) = (parsed.GetValue(_set) ?? [], parsed.GetValue(_shape), parsed.GetValue(_classes));
        if (!assumed)
        {
            return shape is not null || classes is not null || set.Length > 0
                ? throw new WrongUsageException(
                    $"`{what}` is a run, which has its own samples, classes and settings: leave out --set, --shape and --classes."
                )
                : OfRun(new(Path.GetFullPath(what)), models);
        }

        if (what.Contains(Path.DirectorySeparatorChar))
        {
            SharedOptions.ExistingRun(what, "describe");
        }

        var reader = new RunOptionsReader().AddAssignment($"model.name={what}");
        foreach (var assignment in set)
        {
            reader.AddAssignment(assignment);
        }

        if (classes is < 2)
        {
            throw new UserErrorException($"--classes: {classes} is not possible; allowed: 2 or more.");
        }

        var isText = ModelCatalogue.IsOfTexts(what);
        var samples = isText ? SampleShape.Tokens(Window(shape ?? "256")) : Shape(shape ?? "3x32x32");
        try
        {
            var options = reader.Read();
            return new(options, new(samples, classes ?? (isText ? 32_000 : 10), options.Training.Batch), models);
        }
        catch (UserErrorException fault) when (fault.Message.Contains(NameSetting, StringComparison.Ordinal))
        {
            throw new UserErrorException(fault.Message.Replace(NameSetting, "Change MODEL", StringComparison.Ordinal), fault);
        }
    }

    private static RunPlan OfRun(RunFolder folder, ModelCatalogue models)
    {
        var options = RunOptionsReader.Parse(folder.ReadConfig());
        var record =
            folder.ReadDataRecord()
            ?? throw new UserErrorException(
                $"'{folder.Path}' has no data.json: it is of an older version, or has not begun. Describe its network by name, with "
                    + "--set, --shape and --classes."
            );
        models.CheckOfRun(options.Model.Name);
        return new(options, DataDescription.Of(record).ToShape(), models);
    }

    private static int Window(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length is >= 2 and <= 65536
            ? length
            : throw new UserErrorException(
                $"--shape: `{text}` is no window of a text; allowed: a number of tokens, 2 to 65,536, such as 256."
            );

    private static SampleShape Shape(string text)
    {
        var extents = text.Split('x', '×', ',');
        var numbers = extents
            .Select(extent => int.TryParse(extent, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .ToList();
        return numbers is [> 0 and <= 65536] or [> 0 and <= 65536, > 0 and <= 65536, > 0 and <= 65536]
            ? new(numbers[0], numbers.Count == 1 ? 1 : numbers[1], numbers.Count == 1 ? 1 : numbers[2])
            : throw new UserErrorException(
                $"--shape: `{text}` is no shape of samples; allowed: CxHxW, such as 3x32x32, or N for vectors, each from 1 to 65,536."
            );
    }
}
