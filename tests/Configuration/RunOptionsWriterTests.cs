using NeuroTrails.Configuration;
using NeuroTrails.Configuration.Settings;

namespace NeuroTrails.Tests.Configuration;

public sealed class RunOptionsWriterTests
{
    [Fact]
    public void What_is_written_is_read_as_the_same_options_bit_by_bit()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var options = new RandomOptions(seed).Draw();
            var yaml = RunOptionsWriter.ToYaml(options);
            var errors = new SettingErrors();
            var layers = new SettingLayers(errors);
            layers.Lay(YamlReader.Read(yaml, "round trip", true, errors));
            layers.CheckBounds();
            errors.ThrowIfAny();
            var again = layers.Build();
            Assert.Equal(yaml, RunOptionsWriter.ToYaml(again));
            foreach (var leaf in SettingSchema.Root.Leaves)
            {
                Assert.Equal(SettingDefaults.Of(leaf.Path, options), SettingDefaults.Of(leaf.Path, again));
            }
        }
    }

    [Fact]
    public void Single_values_survive_as_assignments()
    {
        var random = new RandomOptions(7);
        foreach (var leaf in SettingSchema.Root.Leaves)
        {
            for (var draw = 0; draw < 50; draw++)
            {
                var value = random.DrawValue(leaf);
                // A shell passes texts as they are, so they are not quoted here; leading and trailing blanks are trimmed.
                var text = value is string typed ? typed.Trim() : SettingDescription.ValueText(value);
                if (value is string && text is "" or "null" or "~")
                {
                    continue;
                }

                var errors = new SettingErrors();
                var layers = new SettingLayers(errors);
                layers.Lay(leaf.Path, text, new SettingOrigin("--set"));
                errors.ThrowIfAny();
                Assert.Equal(value is string ? text : value, SettingDefaults.Of(leaf.Path, layers.Build()));
            }
        }
    }

    [Fact]
    public void Defaults_are_valid_and_every_setting_is_written()
    {
        var yaml = RunOptionsWriter.ToYaml(new RunOptions());
        Assert.Equal(yaml, RunOptionsWriter.ToYaml(new RunOptionsReader().AddText(yaml, "defaults").Read()));
        Assert.All(SettingSchema.Root.Leaves, leaf => Assert.Contains($"{leaf.Key}:", yaml, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda:0,cuda:1", "\"cuda:0,cuda:1\"")]
    [InlineData("cuda:0", "cuda:0")]
    [InlineData("../data/x", "../data/x")]
    [InlineData("true", "\"true\"")]
    [InlineData("No", "\"No\"")]
    [InlineData("12", "\"12\"")]
    [InlineData("", "\"\"")]
    [InlineData("a: b", "\"a: b\"")]
    [InlineData("a #b", "\"a #b\"")]
    [InlineData("q\"\\\n\u0001", "\"q\\\"\\\\\\n\\u0001\"")]
    public void Texts_are_quoted_only_where_they_could_be_misread(string text, string written) => Assert.Equal(written, YamlText.Of(text));
}
