using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using NeuroTrails.Configuration;

namespace NeuroTrails.Client.Cli;

/// <summary>
/// Says in the words of one command line what a room below says without knowing which verb asked: an option that this verb does not have is
/// called by what can be changed here instead, or its advice is left out.
/// </summary>
internal sealed partial class VerbWords
{
    private const string InTheRun = "in the run's config.yaml";
    private static readonly string[] OfNewRuns = ["--preset", "--config", "--out", "--seed", "--share", "--init-from"];
    private static readonly string[] OfClusters = ["--run", "--place", "--rebalance", "--cluster-id"];
    private static readonly string[] OfPlaces = ["--run", "--data", "--device"];
    private static readonly string[] OfOneProcess = ["--out", "--telemetry", "--init-from", "--web", "--web-token-file"];

    // What another verb's option is called here. Longer names first where one begins like another.
    private static readonly Dictionary<string, (string Option, string Here)[]> Instead = new()
    {
        ["silo"] = [("--out", "--runs"), ("--device", "--devices")],
        ["bench step"] =
        [
            ("model.name", "--model"),
            ("ensemble.heads", "--heads"),
            ("ensemble.blocks_in_head", "--blocks-in-head"),
            ("topology.density", "--density"),
            ("training.batch", "--batch"),
        ],
    };

    private readonly HashSet<string> _known;
    private readonly HashSet<string> _all;
    private readonly string _name;

    public VerbWords(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        _name = parsed.CommandResult.Parent is CommandResult { Parent: not null } parent
            ? $"{parent.Command.Name} {command.Name}"
            : command.Name;
        _all = [.. Commands(parsed.RootCommandResult.Command).SelectMany(OptionsOf)];
        _known = [.. OptionsOf(command)];
        if (_name == "train")
        {
            var resumes = Typed(parsed, command, "--resume") is { } run && run != "auto";
            var clusters =
                Typed(parsed, command, "--cluster") is not null || OfClusters.Any(option => Typed(parsed, command, option) is not null);
            _known.ExceptWith([
                .. resumes ? OfNewRuns : [],
                .. clusters ? OfOneProcess : OfClusters,
                .. resumes && clusters ? OfPlaces : [],
            ]);
        }
    }

    public IReadOnlySet<string> Known => _known;

    public string Say(string message)
    {
        foreach (var (option, here) in Instead.GetValueOrDefault(_name, []))
        {
            message = Regex.Replace(message, $@"(?<![\w.-]){Regex.Escape(option)}(?![\w-])", here);
        }

        if (!_known.Contains("--set"))
        {
            message = ChangeIt().Replace(message, $"change it to $1 {InTheRun}");
            message = Setting().Replace(message, $"$1 set to $2 {InTheRun}");
        }

        if (!_known.Contains("--data"))
        {
            message = DataPath().Replace(message, $"data.path {InTheRun}");
        }

        message = string.Join('\n', message.Split('\n').Select(LeaveOutForeign)).TrimEnd();
        message = Setting()
            .Replace(message, match => $"--set {ShellText.Quote($"{match.Groups[1].Value}={match.Groups[2].Value}")}")
            .Replace(ShellText.Usual, ShellText.Program, StringComparison.Ordinal);
        return HowToSet(message) is { } how ? $"{message} {how}" : message;
    }

    // The options that a text tells its reader to use here; those of commands that it quotes are not among them.
    public static IEnumerable<string> OptionsIn(string text) =>
        Option().Matches(Command().Replace(text, string.Empty)).Select(match => match.Value);

    private static IEnumerable<string> OptionsOf(Command command) =>
        command
            .Options.SelectMany(option => option.Aliases.Append(option.Name))
            .Where(name => name.StartsWith("--", StringComparison.Ordinal));

    private static IEnumerable<Command> Commands(Command command) => command.Subcommands.SelectMany(Commands).Prepend(command);

    private static string? Typed(ParseResult parsed, Command command, string name) =>
        command.Options.FirstOrDefault(option => option.Name == name) is { } option
        && parsed.GetResult(option) is { Implicit: false } result
            ? result.Tokens.Select(token => token.Value).FirstOrDefault() ?? string.Empty
            : null;

    // Advice is a sentence, or one of several things that a sentence offers ("Make room, or choose another disk with --out.").
    private string LeaveOutForeign(string line)
    {
        if (!OptionsIn(line).Any(IsForeign))
        {
            return line;
        }

        // A message that begins with its subject ("--redis: …") is about an option, and advises none.
        var kept = SentenceEnd()
            .Split(line)
            .Select(sentence =>
            {
                var end = sentence.Length > 0 && sentence[^1] is '.' or ')' ? sentence[^1..] : string.Empty;
                var choices = Choice().Split(sentence[..^end.Length]);
                var left = choices.Where(choice => !OptionsIn(choice).Any(IsForeign)).ToList();
                return left.Count == choices.Length ? sentence
                    : left.Count == 0 ? string.Empty
                    : left[0].Length == 0 ? sentence
                    : char.ToUpperInvariant(left[0][0]) + string.Join(", or ", left)[1..] + end;
            });
        return string.Join(' ', kept.Where(sentence => sentence.Length > 0));
    }

    private bool IsForeign(string option) => _all.Contains(option) && !_known.Contains(option);

    // A message that names a setting and no option leaves open where settings are changed.
    private string? HowToSet(string message)
    {
        var names = SettingPath().Matches(message).Select(match => match.Value).Where(RunOptionsReader.IsSetting).ToList();
        return names.Count == 0 || OptionsIn(message).Any() || message.Contains("config.yaml", StringComparison.Ordinal) ? null
            : _known.Contains("--config") ? $"(Settings are changed by --set, such as --set {names[^1]}=…, or in the file of --config.)"
            : _known.Contains("--resume") || _known.Contains("--checkpoint") ? "(The run's settings stand in its config.yaml.)"
            : null;
    }

    [GeneratedRegex(@"(?<![\w./-])--[a-z][a-z-]*[a-z]")]
    private static partial Regex Option();

    [GeneratedRegex(@"change it with --set [a-z_.]+=([^\s);]+)")]
    private static partial Regex ChangeIt();

    [GeneratedRegex(@"(?<![\w./-])--set ([a-z_.]+)=([^\s);]+?)(?=[.:,]?(?:[\s);]|$))")]
    private static partial Regex Setting();

    [GeneratedRegex(@"(?<![\w./-])--data \(data\.path\)")]
    private static partial Regex DataPath();

    [GeneratedRegex(@"\./neurotrails(?: (?:'[^']*'|[^\s';,)]+(?<![.:])))*")]
    private static partial Regex Command();

    [GeneratedRegex(@"(?<=[.)]) (?=[A-Z(])")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(",? or ")]
    private static partial Regex Choice();

    [GeneratedRegex(@"(?<![\w./-])[a-z]+\.[a-z_]+(?![\w/]|\.\w)")]
    private static partial Regex SettingPath();
}
