using NeuroTrails.Configuration;

namespace NeuroTrails.Tests.Configuration;

public sealed class RunOptionsReaderTests
{
    [Fact]
    public void Later_layers_win_and_leave_the_rest_alone()
    {
        var options = new RunOptionsReader()
            .AddPreset("cifar100-wrn28x10")
            .AddText("topology:\n  density: 0.1\nensemble: {heads: 5}\n", "my.yaml")
            .AddAssignment("ensemble.heads=7")
            .AddAssignment("training.milestones=0.5,0.9")
            .AddOption("seed", "42", "--seed")
            .AddOption("device", null, "--device")
            .Read();
        Assert.Equal(0.1, options.Topology.Density);
        Assert.Equal(7, options.Ensemble.Heads);
        Assert.Equal(8, options.Ensemble.BlocksInHead);
        Assert.Equal(42, options.Seed);
        Assert.Equal("auto", options.Device);
        Assert.Equal([0.5, 0.9], options.Training.Milestones);
    }

    [Fact]
    public void All_errors_are_reported_at_once()
    {
        var message = Fault(
            """
            seed: -1
            topolgy: {density: 1}
            topology:
              densty: 0.5
              density: 1.5
              drop: magnitde
              drop: set
            ensemble: 3
            training:
              batch: many
              epochs: "3"
              milestones: [0.5, 0.25]
              nesterov: yes
            """
        );
        var lines = message.Split('\n');
        Assert.Equal(12, lines.Length);
        Assert.Equal("The configuration has 11 errors:", lines[0]);
        Assert.Contains(lines, line => line == "  topolgy: no such setting; did you mean `topology`? (test, line 2)");
        Assert.Contains(lines, line => line == "  topology.densty: no such setting; did you mean `topology.density`? (test, line 4)");
        Assert.Contains(
            lines,
            line =>
                line
                == "  topology.density: 1.5 is not allowed; allowed is a number above 0, at most 1 "
                    + "(test, line 5; change it with --set topology.density=0.2)"
        );
        Assert.Contains(
            lines,
            line =>
                line.StartsWith(
                    "  topology.drop: `magnitde` is unknown; did you mean `magnitude`?; allowed is magnitude, soft_magnitude, set or none",
                    StringComparison.Ordinal
                )
        );
        Assert.Contains(lines, line => line == "  topology.drop: is set twice (test, line 7)");
        Assert.Contains(lines, line => line.StartsWith("  ensemble: expected a section with method, heads, ", StringComparison.Ordinal));
        Assert.Contains(
            lines,
            line =>
                line.StartsWith(
                    "  training.batch: `many` is not a whole number; allowed is a whole number at least 1, at most 65536 (test, line 10",
                    StringComparison.Ordinal
                )
        );
        Assert.Contains(
            lines,
            line => line.StartsWith("  training.epochs: the quoted text \"3\" is not a number", StringComparison.Ordinal)
        );
        Assert.Contains(lines, line => line.StartsWith("  training.nesterov: `yes` is not true or false", StringComparison.Ordinal));
        Assert.Contains(
            lines,
            line =>
                line
                == "  training.milestones: [0.5, 0.25] must ascend (test, line 12; change it with --set training.milestones=[0.25,0.5])"
        );
        Assert.Contains(
            lines,
            line => line == "  seed: -1 is not allowed; allowed is a whole number at least 0 (test, line 1; change it with --set seed=1)"
        );
    }

    [Theory]
    [InlineData("density: 0.5", "did you mean `topology.density`?")]
    [InlineData("heads: 4", "did you mean `ensemble.heads`?")]
    [InlineData("training: {lr: 0.1}", "known here: epochs, steps, batch")]
    [InlineData("training: {learning_rat: 0.1}", "did you mean `training.learning_rate`?")]
    [InlineData("training: {density: 0.1}", "did you mean `topology.density`?")]
    [InlineData("zzzzzzzz: 1", "known here: seed, device, data")]
    [InlineData("training: {milestones: [0.5, 0.5]}", "[0.5, 0.5] must ascend")]
    [InlineData("training: {batch: 12, micro_batches: 5}", "5 does not divide training.batch, 12; allowed is 1, 2, 3, 4, 6, 12")]
    [InlineData("topology: {prune_rate: 0.1, prune_rate_end: 0.2}", "0.2 is more than topology.prune_rate, 0.1")]
    [InlineData("training: {betas: [0.9]}", "a list of 1 is not allowed; allowed is a list of 2, each a number at least 0, below 1")]
    [InlineData("training: {betas: 0.9}", "`0.9` is not a list")]
    [InlineData("training: {batch: 99999999999}", "too large")]
    [InlineData("training: {batch: 1.5}", "`1.5` is not a whole number")]
    [InlineData("training: {batch: }", "a value is missing")]
    [InlineData("training: {learning_rate: .inf}", "`.inf` is not a number")]
    [InlineData("training: {learning_rate: NaN}", "`NaN` is not a number")]
    [InlineData("training: {momentum: 0}", "training.nesterov")]
    [InlineData("training: {schedule: one_cycle}", "training.warmup")]
    [InlineData("device: gpu", "`gpu` is no device; allowed is auto, cpu, cuda, cuda:N")]
    [InlineData("device: cuda:0,cuda:0", "twice")]
    [InlineData("model: {stem: smal}", "did you mean `small`?")]
    [InlineData("model: {name: ' '}", "a network's name is missing")]
    [InlineData("a: [", "This is not YAML")]
    [InlineData("a: &x 1\nb: *x", "anchors, aliases and tags")]
    [InlineData("seed: !!int 1", "anchors, aliases and tags")]
    [InlineData("seed: 1\n---\nseed: 2", "only one document")]
    [InlineData("? {a: b}\n: c", "a key must be a single word")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]", "nested too deeply")]
    [InlineData("just text", "The configuration: expected a section with seed")]
    [InlineData("- seed", "The configuration: expected a section with seed")]
    public void A_fault_is_explained(string yaml, string expected) => Assert.Contains(expected, Fault(yaml), StringComparison.Ordinal);

    [Theory]
    [InlineData("training:\n  steps: 3\n\tbatch: 4\n", 3)]
    [InlineData("training:\n\tsteps: 3\n", 2)]
    [InlineData("seed: 1\ntraining:\n  steps: 3\n  batch: 4\n\tlearning_rate: 0.1\nmodel:\n\tname: mlp\n", 5)]
    [InlineData("training:\n  steps: 3\n batch: 4\n", 3)]
    [InlineData("seed: 1\nmodel: {name: mlp\ntopology:\n  density: 0.1\n", 2)]
    public void A_fault_of_form_is_placed_in_its_line(string yaml, int line) =>
        Assert.EndsWith($"(test, line {line})", Fault(yaml), StringComparison.Ordinal);

    [Theory]
    [InlineData("seed", "not of the form path=value")]
    [InlineData("=3", "not of the form path=value")]
    [InlineData("sead=3", "did you mean `seed`?")]
    [InlineData("topology=3", "expected a section")]
    [InlineData("topology.density=2", "(--set; change it with --set topology.density=0.2)")]
    [InlineData("topology.density=", "a value is missing")]
    [InlineData("training.milestones=[0.5", "not YAML")]
    public void A_wrong_assignment_is_explained(string assignment, string expected)
    {
        var fault = Assert.Throws<UserErrorException>(() => new RunOptionsReader().AddAssignment(assignment).Read());
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("training:\n")]
    [InlineData("---\n...\n")]
    public void Emptiness_means_the_defaults(string yaml) =>
        Assert.Equal(
            RunOptionsWriter.ToYaml(new RunOptions()),
            RunOptionsWriter.ToYaml(new RunOptionsReader().AddText(yaml, "test").Read())
        );

    [Fact]
    public void An_overridden_fault_of_range_is_no_fault() =>
        Assert.Equal(
            0.3,
            new RunOptionsReader().AddText("topology: {density: 7}", "test").AddAssignment("topology.density=0.3").Read().Topology.Density
        );

    [Fact]
    public void A_missing_file_and_an_unknown_preset_are_explained()
    {
        var fault = Assert.Throws<UserErrorException>(() =>
            new RunOptionsReader().AddPreset("quikstart").AddFile("no/such/file.yaml").Read()
        );
        Assert.Contains("did you mean `quickstart`?", fault.Message, StringComparison.Ordinal);
        Assert.Contains("no/such/file.yaml", fault.Message, StringComparison.Ordinal);
    }

    private static string Fault(string yaml) =>
        Assert.Throws<UserErrorException>(() => new RunOptionsReader().AddText(yaml, "test").Read()).Message;
}
