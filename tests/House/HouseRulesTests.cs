using System.Text.RegularExpressions;
using NeuroTrails.Methods;

namespace NeuroTrails.Tests.House;

/// <summary>Rules of the house that neither compiler nor analyzers hold.</summary>
public sealed partial class HouseRulesTests(ITestOutputHelper output)
{
    private const int LongestFile = 320;
    private const int WidestLine = 140;

    [Fact]
    public void NoFileIsLongerThanItsLimit() =>
        AssertNone(
            Code()
                .Select(file => (file, Lines: Repository.Lines(file).Length))
                .Where(t => t.Lines > LongestFile)
                .Select(t => $"{t.file} has {t.Lines} lines; at most {LongestFile}")
        );

    [Fact]
    public void MostFilesAreShort()
    {
        foreach (var group in Code().GroupBy(file => file.Split('/')[0]))
        {
            var lengths = group.Select(file => Repository.Lines(file).Length).Order().ToArray();
            var (median, most) = (lengths[lengths.Length / 2], lengths[lengths.Length * 9 / 10]);
            output.WriteLine(
                $"{group.Key}: {lengths.Length} files, median {median} lines, nine in ten at most {most}, longest {lengths[^1]}"
            );
        }

        string[] product = ["shared", "grains", "silo", "client"];
        var all = Code()
            .Where(file => product.Contains(file.Split('/')[0]))
            .Select(file => Repository.Lines(file).Length)
            .Order()
            .ToArray();
        Assert.True(all[all.Length / 2] <= 70, $"The median file of the product has {all[all.Length / 2]} lines; at most 70.");
        Assert.True(
            all[all.Length * 9 / 10] <= 160,
            $"One file in ten of the product has over {all[all.Length * 9 / 10]} lines; at most 160."
        );
    }

    [Fact]
    public void NothingIsFoldedAway() => AssertNoLine(Code(), Folded());

    [Fact]
    public void NothingIsLeftUndone() => AssertNoLine(Code(), Undone());

    [Fact]
    public void NamespacesSpanTheirFile() => AssertNoLine(Code(), BlockNamespace());

    [Fact]
    public void NoPathOfOneMachineIsWrittenDown() =>
        AssertNoLine(
            Repository.Files(".cs", ".csproj", ".props", ".targets", ".md", ".yaml", ".yml", ".json", ".sh", ".cpp", ".h", ".txt"),
            MachinePath()
        );

    [Theory]
    [InlineData("var x = \"/wo" + "rk/x\";", true)]
    [InlineData("cd /ro" + "ot/.nuget", true)]
    [InlineData("see C:\\Us" + "ers\\me", true)]
    [InlineData("(/ho" + "me/me/data)", true)]
    [InlineData("docs/ho" + "me/index, net/wo" + "rk/layers, /tmp", false)]
    public void AMachinePathIsKnownWhenSeen(string line, bool isOne) => Assert.Equal(isOne, MachinePath().IsMatch(line));

    [Fact]
    public void AFileIsNamedAfterItsTypes() =>
        AssertNone(Code().Where(IsMisnamed).Select(file => $"{file} is named after none of its types"));

    [Fact]
    public void GrainsLeaveTensorMathsToTheLibrary() => AssertNoLine(In("grains/"), TorchCall());

    [Theory]
    [InlineData("var part = images.narrow(0, start, count);", true)]
    [InlineData("using static TorchSharp.torch;", true)]
    [InlineData("// images.narrow(0, start, count) is done by the worker", false)]
    [InlineData("worker.ForwardPart(images, labels, micro);", false)]
    public void TensorMathsAreKnownWhenSeen(string line, bool isOne) => Assert.Equal(isOne, TorchCall().IsMatch(line));

    [Fact]
    public void NoLineIsWiderThanItsLimit() =>
        AssertNone(
            from file in Code()
            where !file.EndsWith("Fixtures.cs", StringComparison.Ordinal)
            from line in Repository.Lines(file).Index()
            where line.Item.Length > WidestLine && !(file.StartsWith("tests/", StringComparison.Ordinal) && Text().IsMatch(line.Item))
            select $"{file}:{line.Index + 1}: {line.Item.Length} columns; at most {WidestLine}"
        );

    [Fact]
    public void MethodsAreKnownInTheirRoomAlone()
    {
        var types = string.Join('|', EnsembleMethods.All.Select(method => method.GetType().Name));
        var named = new Regex($@"\b(?:{types})\b|\bMethod\s*(?:==|!=|is)\s*(?:not\s*)?""");
        AssertNoLine(
            Code()
                .Where(file =>
                    file.Split('/')[0] is "shared" or "grains" or "silo" or "client"
                    && !file.Contains("/Methods/", StringComparison.Ordinal)
                ),
            named
        );
        Assert.Matches(named, "if (options.Ensemble.Method == \"treenet\")");
        Assert.Matches(named, "plan.Method is McDropout");
    }

    [Fact]
    public void CoreKnowsNeitherTorchNorOrleans() =>
        Assert.DoesNotContain(
            typeof(UserErrorException).Assembly.GetReferencedAssemblies(),
            known => known.Name!.Contains("Torch", StringComparison.Ordinal) || known.Name.StartsWith("Orleans", StringComparison.Ordinal)
        );

    [Fact]
    public void GrainsStayOnTheirScheduler() => AssertNoLine(In("grains/"), LeavesScheduler());

    [Fact]
    public void ReferencesOnlyPointDown()
    {
        string[] rooms = ["shared", "grains", "silo", "client", "samples", "tests", "bench"];
        foreach (var project in Repository.Files(".csproj"))
        {
            var from = Array.IndexOf(rooms, project.Split('/')[0]);
            var folder = Path.GetDirectoryName(Path.Combine(Repository.Root(), project))!;
            foreach (Match reference in ProjectReference().Matches(string.Join('\n', Repository.Lines(project))))
            {
                var target = Path.GetRelativePath(
                    Repository.Root(),
                    Path.GetFullPath(Path.Combine(folder, reference.Groups[1].Value.Replace('\\', '/')))
                );
                var to = Array.IndexOf(rooms, target.Replace('\\', '/').Split('/')[0]);
                Assert.True(from >= 0 && to <= from, $"{project} references {target}, but references go from {string.Join(" ← ", rooms)}.");
            }
        }
    }

    /// <summary>A file bears the name of one of its types. A family may share a file whose name begins with the same word, or, where all
    /// are messages, enumerations or helpers of tests, names their topic.</summary>
    private static bool IsMisnamed(string file)
    {
        var name = Path.GetFileName(file).Split('.')[0];
        var types = Repository.Lines(file).Select(line => TypeDeclaration().Match(line)).Where(match => match.Success).ToArray();
        var isFamily =
            types.Length > 1
            && (
                file.StartsWith("tests/", StringComparison.Ordinal)
                || file.StartsWith("shared/NeuroTrails.Contracts/Messages/", StringComparison.Ordinal)
                || types.All(match => FirstWord().Match(match.Groups[1].Value).Value == FirstWord().Match(name).Value)
                || types.All(match => match.Value.Contains("enum ", StringComparison.Ordinal))
            );
        return types.Length > 0 && !isFamily && types.All(match => match.Groups[1].Value != name);
    }

    private static IEnumerable<string> Code() => Repository.Files(".cs").Where(file => !file.EndsWith(".g.cs", StringComparison.Ordinal));

    private static List<string> In(string folder)
    {
        var files = Code().Where(file => file.StartsWith(folder, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        return files;
    }

    private static void AssertNoLine(IEnumerable<string> files, Regex forbidden) =>
        AssertNone(
            from file in files
            from line in Repository.Lines(file).Index()
            where forbidden.IsMatch(line.Item)
            select $"{file}:{line.Index + 1}: {line.Item.Trim()}"
        );

    private static void AssertNone(IEnumerable<string> faults)
    {
        var all = faults.ToArray();
        Assert.True(all.Length == 0, string.Join('\n', all));
    }

    // Classes in brackets keep these patterns from finding themselves.
    [GeneratedRegex(@"^\s*#[r]egion")]
    private static partial Regex Folded();

    [GeneratedRegex("[N]otImplementedException")]
    private static partial Regex Undone();

    [GeneratedRegex(@"^namespace [\w.]+\s*(\{|$)")]
    private static partial Regex BlockNamespace();

    [GeneratedRegex(@"(^|[\s""'(=:])(/[w]ork/|/[r]oot/|/[h]ome/\w|/[U]sers/\w|[A-Z]:\\\\?[U]sers)")]
    private static partial Regex MachinePath();

    [GeneratedRegex(
        @"^\s*(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe)\s+)*(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(\w+)"
    )]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex("^[A-Z][a-z0-9]*")]
    private static partial Regex FirstWord();

    // What is written in small letters belongs to torch: our own methods begin with a capital.
    [GeneratedRegex(@"\btorch\.|using static TorchSharp|^(?!\s*//)[^""]*\.[a-z_]\w*\(")]
    private static partial Regex TorchCall();

    [GeneratedRegex(@"ConfigureAwait\(\s*(?:continueOnCapturedContext:\s*)?false")]
    private static partial Regex LeavesScheduler();

    // Expected texts and data of tests, which a break would make harder to compare.
    [GeneratedRegex(@"^\s*(?:[$@]*""|\*Client\.dll)")]
    private static partial Regex Text();

    [GeneratedRegex("<ProjectReference Include=\"(?:\\$\\(MSBuildThisFileDirectory\\))?([^\"$]+)\"")]
    private static partial Regex ProjectReference();
}
