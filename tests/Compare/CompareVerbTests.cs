using NeuroTrails.Running;
using NeuroTrails.Tests.Client;

namespace NeuroTrails.Tests.Compare;

/// <summary>What is refused before anything is trained; exit code 2, and nothing is written.</summary>
public sealed class CompareVerbTests : ClientFixture
{
    private static readonly string[] Small = ["--preset", "quickstart", "--set", "data.limit=200", "--set", "training.batch=20"];

    [Fact]
    public async Task Methods_must_be_known_and_named_once()
    {
        await Refused(["--methods", "single,nerotrails"], "did you mean `neurotrails`?");
        await Refused(["--methods", "single,single"], "single is there twice");
        await Refused(["--methods", "single", "--reference", "ensemble"], "`ensemble` is not compared; allowed here: single");
        await Refused(["--methods", "single", "--set-for", "ensemble:seed=1"], "`ensemble` is not compared; allowed here: single");
        await Refused(["--methods", "single", "--set-for", "single"], "not of the form METHOD:PATH=VALUE");
    }

    [Fact]
    public async Task What_the_verb_decides_cannot_be_set()
    {
        await Refused(["--methods", "single", "--set", "seed=3"], "decided by --seeds");
        await Refused(["--methods", "single", "--set", "ensemble.method=single"], "decided by --methods");
        await Refused(["--methods", "single", "--set-for", "single:evaluation.test=true"], "--set-for: `evaluation.test=true` cannot");
        await Refused(["--methods", "single", "--seeds", "3..1"], "counts down");
        await Refused(["--methods", "single", "--jobs", "0"], "allowed: 1 to 1,024");
    }

    [Fact]
    public async Task Every_impossible_method_is_named_with_the_way_to_leave_it_out()
    {
        await Refused(
            ["--methods", "single,mc_dropout,neurotrails", "--set-for", "neurotrails:ensemble.blocks_in_head=9"],
            "2 methods are impossible",
            "mc_dropout: Method mc_dropout needs dropout",
            "neurotrails: ",
            "--skip-impossible",
            "--methods single;"
        );
        await Refused(["--methods", "mc_dropout"], "None of the methods is possible so");
        await Refused(["--methods", "mc_dropout", "--skip-impossible"], "None of the methods is possible so");
        await Refused(
            ["--methods", "single,mc_dropout", "--reference", "mc_dropout", "--skip-impossible"],
            "--reference mc_dropout is impossible"
        );
    }

    [Fact]
    public async Task Tuning_needs_a_validation_split_and_settings_that_every_method_leaves_open()
    {
        await Refused(
            ["--methods", "single", "--tune", "learning_rate=0.1,0.2", "--set", "data.validation=0"],
            "selects on the validation split, and there is none"
        );
        await Refused(
            ["--methods", "neurotrails,single", "--tune", "density=0.1,0.2"],
            "single with topology.density=0.1: ",
            "allowed there is 1"
        );
        await Refused(["--methods", "single", "--tune", "learning_rate=-1"], "allowed is a number above 0");
    }

    [Fact]
    public async Task A_folder_that_holds_something_else_is_left_alone()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "mine.txt"), "x", TestContext.Current.CancellationToken);
        Assert.Equal(2, await RunAsync(["compare", "--methods", "single", .. Small, "--out", Folder]));
        Assert.Contains("holds something, and no comparison", Error, StringComparison.Ordinal);
        Assert.Equal(["mine.txt"], Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_comparison_of_other_things_is_not_gone_on_with()
    {
        // Interrupted before anything begins: only the plan is written.
        var folder = Path.Combine(Folder, "c");
        await Interruption.CancelAsync();
        string[] asked = ["compare", "--methods", "neurotrails,single", "--seeds", "1..2", .. Small, "--out", folder];
        Assert.Equal(130, await RunAsync(asked));
        Assert.Contains("4 runs left; go on with: ./neurotrails compare --methods neurotrails,single", Output, StringComparison.Ordinal);
        var comparison = Comparison.Read(folder)!;
        Assert.Equal(
            [("neurotrails", 1L), ("single", 1L), ("neurotrails", 2L), ("single", 2L)],
            comparison.Runs.Select(run => (run.Method, run.Seed))
        );
        Assert.All(comparison.Runs, run => Assert.Equal((ComparedState.Waiting, ComparedRole.Final), (run.State, run.Role)));
        Assert.All(comparison.Runs, run => Assert.Contains($"execution.backbone_threads={comparison.Threads}", run.Settings));
        Assert.Contains("ensemble.heads=1", comparison.Runs[1].Settings);

        await RefusedIn(folder, ["--methods", "neurotrails,single", "--seeds", "1..3"], "--seeds: it has 1,2, asked for is 1,2,3");
        await RefusedIn(folder, ["--methods", "neurotrails,ensemble", "--seeds", "1..2"], "--methods: it has neurotrails,single");
        await RefusedIn(
            folder,
            ["--methods", "neurotrails,single", "--seeds", "1..2", "--set", "training.momentum=0.5"],
            "settings of neurotrails: it has none of them, asked for is training.momentum=0.5"
        );
        Assert.Equal(130, await RunAsync(asked));
    }

    private Task Refused(string[] asked, params string[] reasons) => RefusedIn(Path.Combine(Folder, "none"), asked, reasons);

    private async Task RefusedIn(string folder, string[] asked, params string[] reasons)
    {
        var before = Error.Length;
        var exists = Directory.Exists(folder);
        Assert.Equal(2, await RunAsync(["compare", .. Small, "--out", folder, .. asked]));
        Assert.All(reasons, reason => Assert.Contains(reason, Error[before..], StringComparison.Ordinal));
        Assert.Equal(exists, Directory.Exists(folder));
    }
}
