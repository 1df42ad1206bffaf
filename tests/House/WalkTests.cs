using System.Reflection;
using System.Text.RegularExpressions;

namespace NeuroTrails.Tests.House;

/// <summary>The walks through the code that <c>docs/architecture.md</c> describes lead past what is there.</summary>
public sealed partial class WalkTests
{
    private const int MostStops = 12;
    private const BindingFlags Any =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    private static readonly Type[] Types =
    [
        .. new[]
        {
            "NeuroTrails.Core",
            "NeuroTrails",
            "NeuroTrails.Contracts",
            "NeuroTrails.Grains",
            "NeuroTrails.Silo",
            "NeuroTrails.Client",
        }
            .Select(Assembly.Load)
            .SelectMany(assembly => assembly.GetTypes()),
    ];

    [Fact]
    public void Every_stop_exists_and_no_walk_is_long()
    {
        var walks = Walks().ToList();
        Assert.Equal(5, walks.Count);
        foreach (var walk in walks)
        {
            Assert.InRange(walk.Count(line => Stop().IsMatch(line)), 3, MostStops);
            foreach (Match named in walk.SelectMany(line => Named().Matches(line)))
            {
                var (type, member) = (named.Groups[1].Value, named.Groups[2].Value);
                var found = Types.Where(known => known.Name.Split('`')[0] == type).ToList();
                Assert.True(found.Count > 0, $"There is no type {type}.");
                Assert.True(
                    member.Length == 0 || found.Exists(known => known.GetMember(member, Any).Length > 0),
                    $"{type} has no member {member}."
                );
            }
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Walks()
    {
        var section = Repository
            .Lines("docs/architecture.md")
            .SkipWhile(line => line != "## Five walks")
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));
        List<string>? walk = null;
        foreach (var line in section)
        {
            if (line.StartsWith("**", StringComparison.Ordinal))
            {
                if (walk is not null)
                {
                    yield return walk;
                }

                walk = [];
            }

            walk?.Add(line);
        }

        yield return walk!;
    }

    [GeneratedRegex(@"^\d+\. ")]
    private static partial Regex Stop();

    [GeneratedRegex(@"`([A-Z]\w+)(?:\.([A-Z]\w+))?`")]
    private static partial Regex Named();
}
