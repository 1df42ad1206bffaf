using NeuroTrails.Configuration;
using NeuroTrails.Configuration.Settings;

namespace NeuroTrails.Tests.Configuration;

/// <summary>Bad input for every setting there is, made from the schema, so that new settings are covered without new tests.</summary>
public sealed class BadValuesTests
{
    private const string Marks = ":{}[]-,&*!|>'\"%@`#?\n\t ";

    public static TheoryData<string> Leaves => [.. SettingSchema.Root.Leaves.Select(leaf => leaf.Path)];

    [Theory]
    [MemberData(nameof(Leaves))]
    public void Every_wrong_value_is_named_with_path_range_and_hint(string path)
    {
        var leaf = SettingSchema.ByPath[path];
        foreach (var bad in WrongValues(leaf))
        {
            var yaml = Nested(path, bad);
            var fault = Assert.Throws<UserErrorException>(() => new RunOptionsReader().AddText(yaml, "bad.yaml").Read());
            Assert.Contains(path, fault.Message, StringComparison.Ordinal);
            Assert.Contains("allowed is", fault.Message, StringComparison.Ordinal);
            Assert.Contains("bad.yaml, line ", fault.Message, StringComparison.Ordinal);
            if (SettingDefaults.Of(path) is not null)
            {
                Assert.Contains($"change it with --set {path}=", fault.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Leaves))]
    public void A_misspelt_key_leads_to_the_right_one(string path)
    {
        var key = path[(path.LastIndexOf('.') + 1)..];
        if (key.Length < 4)
        {
            return;
        }

        for (var at = 0; at < key.Length; at++)
        {
            var typo = path[..^key.Length] + key.Remove(at, 1);
            if (SettingSchema.ByPath.ContainsKey(typo))
            {
                continue;
            }

            var fault = Assert.Throws<UserErrorException>(() => new RunOptionsReader().AddText(Nested(typo, "1"), "bad.yaml").Read());
            Assert.Contains("did you mean `", fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Damaged_files_never_cause_anything_but_an_explanation()
    {
        var random = new Random(5);
        var texts = Presets.Names.Select(name => Presets.Find(name)!).ToArray();
        for (var round = 0; round < 2000; round++)
        {
            var text = new System.Text.StringBuilder(texts[random.Next(texts.Length)]);
            for (var edits = random.Next(1, 6); edits > 0; edits--)
            {
                var at = random.Next(text.Length);
                _ = random.Next(4) switch
                {
                    0 => text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at)),
                    1 => text.Insert(at, (char)random.Next(1, 256)),
                    2 => text.Insert(at, Marks[random.Next(Marks.Length)]),
                    _ => text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 40), text.Length - at))),
                };
            }

            try
            {
                _ = new RunOptionsReader().AddText(text.ToString(), "damaged.yaml").Read();
            }
            catch (UserErrorException fault)
            {
                Assert.NotEmpty(fault.Message);
            }
        }
    }

    private static IEnumerable<string> WrongValues(Setting leaf)
    {
        if (leaf.IsList)
        {
            yield return "7";
            yield return "{a: 1}";
            yield return "[[1]]";
            if (leaf.Allowed.MinItems > 0)
            {
                yield return "[]";
            }
        }
        else
        {
            yield return "[1, 2]";
            yield return "{a: 1}";
        }

        if (!leaf.MayBeEmpty)
        {
            yield return "null";
            yield return "~";
        }

        foreach (var item in WrongItems(leaf))
        {
            yield return leaf.IsList ? $"[{string.Join(", ", Enumerable.Repeat(item, Math.Max(1, leaf.Allowed.MinItems)))}]" : item;
        }
    }

    private static IEnumerable<string> WrongItems(Setting leaf)
    {
        if (leaf.Kind == SettingKind.Text)
        {
            return leaf.Allowed.OneOf.Length > 0 ? ["nonsense", "\"\"", "12"] : [];
        }

        IEnumerable<string> wrong = ["nonsense", "\"1\"", "1 2", "0x", "--1", "1,5x"];
        if (leaf.Kind is SettingKind.Whole or SettingKind.Real)
        {
            wrong = wrong.Concat(["true", ".nan", ".inf", "1e999"]);
            wrong = leaf.Kind == SettingKind.Whole ? wrong.Concat(["1.5", "99999999999999999999"]) : wrong;
            wrong = double.IsNaN(leaf.Allowed.AtLeast) ? wrong : wrong.Append(SettingDescription.ValueText(leaf.Allowed.AtLeast - 1));
            wrong = double.IsNaN(leaf.Allowed.AtMost)
                ? wrong
                : wrong.Append(SettingDescription.ValueText(leaf.Allowed.AtMost + Math.Max(1, Math.Floor(leaf.Allowed.AtMost / 1e6))));
            wrong = double.IsNaN(leaf.Allowed.Above) ? wrong : wrong.Append(SettingDescription.ValueText(leaf.Allowed.Above));
            wrong = double.IsNaN(leaf.Allowed.Below) ? wrong : wrong.Append(SettingDescription.ValueText(leaf.Allowed.Below));
        }

        return wrong;
    }

    private static string Nested(string path, string value)
    {
        var parts = path.Split('.');
        return string.Concat(
            parts.Select((part, depth) => new string(' ', depth * 2) + part + (depth == parts.Length - 1 ? $": {value}\n" : ":\n"))
        );
    }
}
