using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using NeuroTrails.Client.Cli;
using NeuroTrails.Tests.House;

namespace NeuroTrails.Tests.Client;

/// <summary>A message names only options that the verb has which prints it.</summary>
public sealed partial class VerbWordsTests : ClientFixture
{
    private static readonly string[] CommandLines =
    [
        "train --preset quickstart",
        "train --resume r",
        "train --preset quickstart --out r --resume auto",
        "train --preset quickstart --cluster h:1",
        "train --cluster h:1 --resume r",
        "eval --run r",
        "report r",
        "predict --run r --input x.npy --output y.npz",
        "export --run r --output x.onnx",
        "status r",
        "status r --cluster h:1",
        "runs",
        "watch r",
        "silo --name a",
        "silos",
        "attach r",
        "stop r",
        "doctor",
        "bench step",
        "bench topology",
        "bench wire --from a --to b",
        "generate --run r --prompt x",
    ];

    public static TheoryData<string> Lines { get; } = [.. CommandLines];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Whatever_a_room_below_says_names_only_options_of_the_verb(string line)
    {
        var words = Words(line);
        var texts = Below().ToList();
        Assert.InRange(texts.Count, 60, 500);
        var wrong =
            from item in texts
            let said = words.Say(item.Text)
            from option in VerbWords.OptionsIn(said).Where(option => !words.Known.Contains(option))
            select $"{item.File}: {option} in: {said}";
        AssertNone(wrong);
    }

    [Fact]
    public void Whatever_a_room_below_says_is_right_as_it_stands_for_some_verb()
    {
        var all = CommandLines.Select(Words).ToList();
        var wrong = Below()
            .Where(item =>
                !all.Any(words =>
                    VerbWords.OptionsIn(item.Text).All(words.Known.Contains)
                    && words.Say(item.Text).StartsWith(item.Text.TrimEnd(), StringComparison.Ordinal)
                )
            );
        AssertNone(wrong.Select(item => $"{item.File}: {item.Text}"));
    }

    [Fact]
    public void Whatever_a_verb_says_names_only_its_own_options()
    {
        var root = CommandLine.Root(Host);
        var wrong =
            from file in Repository.Files(".cs").Where(file => file.StartsWith("client/", StringComparison.Ordinal))
            let own = Own(root, Path.GetFileNameWithoutExtension(file))
            from text in SourceTexts.Of(string.Join('\n', Repository.Lines(file)))
            from option in VerbWords.OptionsIn(text).Where(option => option != "--help" && !own.Contains(option))
            select $"{file}: {option} in: {text}";
        AssertNone(wrong);
    }

    [Fact]
    public void Commands_that_a_message_or_the_help_quotes_are_understood()
    {
        var root = CommandLine.Root(Host);
        var examples = CommandLineExamples();
        Assert.InRange(examples.Count, 20, 200);
        var wrong = examples
            .Select(example => (example, root.Parse(CommandLineParser.SplitCommandLine(example).ToArray()).Errors))
            .Where(item => item.Errors.Count > 0);
        AssertNone(wrong.Select(item => $"{item.example}: {item.Errors[0].Message}"));
    }

    [Theory]
    [InlineData(
        "eval --run r",
        "x: `2` is no share (r/config.yaml, line 3; change it with --set topology.density=0.2)",
        "x: `2` is no share (r/config.yaml, line 3; change it to 0.2 in the run's config.yaml)"
    )]
    [InlineData(
        "eval --run r",
        "3 of 9 files are bad. Go on without them by --set data.skip_bad=3:\n  a.png",
        "3 of 9 files are bad. Go on without them by data.skip_bad set to 3 in the run's config.yaml:\n  a.png"
    )]
    [InlineData(
        "predict --run r --input x --output y",
        "No data in d. Set --data (data.path) to the folder that holds it.",
        "No data in d. Set data.path in the run's config.yaml to the folder that holds it."
    )]
    [InlineData("train --resume r", "The disk is full. Make room, or choose another disk with --out.", "The disk is full. Make room.")]
    [InlineData(
        "train --preset p",
        "The disk is full. Make room, or choose another disk with --out.",
        "The disk is full. Make room, or choose another disk with --out."
    )]
    [InlineData("silo --name a", "There is no device 'x' here. Change --device.", "There is no device 'x' here. Change --devices.")]
    [InlineData("bench step", "There is no model 'x'. Change model.name.", "There is no model 'x'. Change --model.")]
    [InlineData(
        "train --preset p",
        "A batch of 9 is too large. Change training.batch.",
        "A batch of 9 is too large. Change training.batch. (Settings are changed by --set, such as --set training.batch=…, or in the file "
            + "of --config.)"
    )]
    [InlineData(
        "eval --run r",
        "A batch of 9 is too large. Change training.batch.",
        "A batch of 9 is too large. Change training.batch. (The run's settings stand in its config.yaml.)"
    )]
    [InlineData(
        "train --preset p",
        "change it with --set training.milestones=[0.5,0.75])",
        "change it with --set 'training.milestones=[0.5,0.75]')"
    )]
    [InlineData(
        "status r",
        "Go on with: ./neurotrails train --resume 'a; b' --data d",
        "Go on with: ./neurotrails train --resume 'a; b' --data d"
    )]
    public void A_message_is_put_into_the_words_of_the_verb(string line, string below, string said) =>
        Assert.Equal(said, Words(line).Say(below));

    [Fact]
    public async Task What_the_engine_refuses_is_printed_in_the_words_of_the_verb()
    {
        Engine.Train = (_, _, _) => throw new UserErrorException("Cannot write it. Remove that, or choose another folder with --out.");
        Assert.Equal(2, await RunAsync("train", "--resume", MakeRun("run")));
        Assert.Equal("Cannot write it. Remove that.\n", Error);
    }

    [Theory]
    [InlineData("train|--preset|quickstart|--out|", "--out: the value is empty; allowed is DIR, or leave --out out")]
    [InlineData("train|--resume= ", "--resume: the value is empty; allowed is RUN|auto")]
    [InlineData("eval|--run|", "--run: the value is empty; allowed is RUN")]
    [InlineData("status|", "RUN: the value is empty; allowed is RUN")]
    [InlineData("silo|--name|a|--runs|", "--runs: the value is empty; allowed is DIR")]
    [InlineData("bench|step|--model|", "--model: the value is empty; allowed is NAME")]
    public async Task An_empty_word_is_refused_by_name(string words, string expected)
    {
        Assert.Equal(2, await RunAsync(words.Split('|')));
        Assert.Contains(expected, Error, StringComparison.Ordinal);
        Assert.Empty(Engine.Asked);
        Assert.Empty(Cluster.Asked);
    }

    private static void AssertNone(IEnumerable<string> wrong)
    {
        var all = wrong.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    private VerbWords Words(string line) => new(CommandLine.Root(Host).Parse(line.Split(' ')));

    private static IEnumerable<(string File, string Text)> Below() =>
        from file in Repository.Files(".cs")
        where
            file.StartsWith("shared/", StringComparison.Ordinal)
            || file.StartsWith("grains/", StringComparison.Ordinal)
            || file.StartsWith("silo/", StringComparison.Ordinal)
        from text in SourceTexts.Of(string.Join('\n', Repository.Lines(file)))
        where VerbWords.OptionsIn(text).Any()
        select (file, text.Replace('…', 'X'));

    // The options of the verb that a file belongs to; a file that several share may name those of all.
    private static HashSet<string> Own(RootCommand root, string file)
    {
        var name = Leading().Match(file).Value.ToUpperInvariant();
        var verb = root.Subcommands.FirstOrDefault(verb =>
            verb.Name.Equals(file is "TrainPlan" or "ClusterPlan" ? "train" : name, StringComparison.OrdinalIgnoreCase)
        );
        return [.. Within(verb ?? root).SelectMany(command => command.Options).Select(option => option.Name)];

        static IEnumerable<Command> Within(Command command) => command.Subcommands.SelectMany(Within).Prepend(command);
    }

    private List<string> CommandLineExamples()
    {
        string[] rooms = ["client", "silo", "grains", "shared"];
        var sources = Repository
            .Files(".cs")
            .Where(file => rooms.Contains(file.Split('/')[0]))
            .SelectMany(file => SourceTexts.Of(string.Join('\n', Repository.Lines(file))));
        var pages = Repository
            .Files(".md")
            .Where(file => file is "README.md" || file.StartsWith("docs/", StringComparison.Ordinal))
            .SelectMany(Repository.Lines);
        return
        [
            .. sources
                .Concat(pages)
                .SelectMany(text => Quoted().Matches(text))
                .Select(match => match.Groups[1].Value.Split(" #")[0].TrimEnd(' ', '&')),
            .. CommandLine.Verbs().SelectMany(verb => verb.Examples),
        ];
    }

    [GeneratedRegex("^[A-Z][a-z]+")]
    private static partial Regex Leading();

    // A command with all its words: what only shows a form (…, VERB, [WORD], a|b) is none.
    [GeneratedRegex(@"(?:^|: |`|\()\./neurotrails ((?!VERB|build|test|setup|runs \w+ …)[^`…|\[\]<>\n;]+?)(?=$|`|;|\)| and )")]
    private static partial Regex Quoted();
}
