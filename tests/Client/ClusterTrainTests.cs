using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Tests.Client;

public sealed class ClusterTrainTests : ClientFixture
{
    private static readonly string[] Place = ["--cluster", "127.0.0.1:30000"];

    private RunSubmission Asked => Assert.IsType<RunSubmission>(Assert.Single(Cluster.Asked));

    [Fact]
    public async Task Settings_places_and_name_reach_the_cluster()
    {
        Assert.Equal(
            0,
            await RunAsync([
                "train",
                "--preset",
                "quickstart",
                "--set",
                "ensemble.heads=4",
                "--seed",
                "9",
                "--device",
                "cuda",
                "--data",
                "mnist",
                "--steps",
                "70",
                .. Place,
                "--cluster-id",
                "lab",
                "--run",
                "long",
                "--place",
                "head0=a/cuda:0",
                "--place",
                "backbone=b",
                "--rebalance",
                "off",
            ])
        );
        Assert.Equal(("long", false, false), (Asked.RunId, Asked.MayExist, Asked.Rebalance));
        Assert.Equal(["head0=a/cuda:0", "backbone=b"], Asked.Pins);
        Assert.Equal(new ClusterAddress("127.0.0.1:30000", "lab"), Assert.Single(Cluster.Addresses));

        // The data folder is the silos', so that the path stays as it was typed.
        var options = RunOptionsReader.Parse(Asked.Options);
        Assert.Equal(
            (4, 9L, "cuda", "mnist", 70),
            (options.Ensemble.Heads, options.Seed, options.Device, options.Data.Path, options.Training.Steps)
        );
        Assert.Empty(Engine.Asked);
    }

    [Fact]
    public async Task A_run_is_called_after_its_preset_and_moves_when_silos_join()
    {
        Assert.Equal(0, await RunAsync(["train", "--preset", "quickstart", .. Place]));
        Assert.Equal(("quickstart", false, true), (Asked.RunId, Asked.MayExist, Asked.Rebalance));
        Assert.Empty(Asked.Pins);
        Assert.Contains("0.9321", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_auto_starts_or_goes_on()
    {
        Assert.Equal(0, await RunAsync(["train", "--preset", "quickstart", "--run", "long", "--resume", "auto", .. Place]));
        Assert.Equal(("long", true), (Asked.RunId, Asked.MayExist));
        Assert.NotEmpty(Asked.Options);
    }

    [Fact]
    public async Task Resume_goes_on_with_the_runs_own_settings()
    {
        Assert.Equal(0, await RunAsync(["train", "--resume", "long", "--place", "backbone=b", .. Place]));
        Assert.Equal(("long", true, string.Empty), (Asked.RunId, Asked.MayExist, Asked.Options));
        Assert.Equal(["backbone=b"], Asked.Pins);
    }

    [Theory]
    [InlineData(
        "--resume long --preset quickstart --set seed=3 --seed 3 --device cpu --data x --run y",
        "leave out --preset, --seed, --data, --device, --run. What may change is given by --epochs, --steps or --set. (--resume auto"
    )]
    [InlineData("--preset quickstart --out runs/x", "--out names a folder here")]
    [InlineData("--config my.yaml", "Name the run with --run NAME")]
    [InlineData("--run x", "--preset NAME (cifar10, ")]
    [InlineData("--preset quickstart --epochs 1 --steps 1", "not both")]
    [InlineData("--preset quickstart --set ensemble.heads=0", "ensemble.heads: 0 is not allowed")]
    [InlineData("--preset quickstart --rebalance maybe", "'auto'")]
    public async Task Bad_input_is_explained_before_the_cluster_is_asked(string line, string expected)
    {
        Assert.Equal(2, await RunAsync(["train", .. line.Split(' '), .. Place]));
        Assert.Contains(expected, Error, StringComparison.Ordinal);
        Assert.Empty(Cluster.Asked);
        Assert.Empty(Engine.Asked);
    }

    [Theory]
    [InlineData("--run x", "--run")]
    [InlineData("--place head0=a", "--place")]
    [InlineData("--rebalance auto", "--rebalance")]
    public async Task Options_of_a_cluster_are_not_passed_over_without_one(string line, string option)
    {
        Assert.Equal(2, await RunAsync(["train", "--preset", "quickstart", "--out", Path.Combine(Folder, "run"), .. line.Split(' ')]));
        Assert.Equal(
            $"{option} is for runs in a cluster; say which one by --cluster or NEUROTRAILS_CLUSTER, or leave {option} out.\n",
            Error
        );
        Assert.Empty(Engine.Asked);
    }

    [Fact]
    public async Task A_refusal_of_the_cluster_is_a_message_and_2()
    {
        Cluster.Fault = new UserErrorException("No place for head-0. Silos: none.");
        Assert.Equal(
            (2, "No place for head-0. Silos: none.\n"),
            (await RunAsync(["train", "--preset", "quickstart", .. Place]), Error[(Error.IndexOf('\n', StringComparison.Ordinal) + 1)..])
        );
    }

    [Fact]
    public async Task A_finished_run_says_so()
    {
        Cluster.Result = new(TrainOutcome.AlreadyFinished, 100, 100, FakeEngine.Summary);
        Assert.Equal(0, await RunAsync(["train", "--resume", "long", .. Place]));
        Assert.Contains("long is finished. Nothing was changed.", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_ends_with_130_and_the_run_goes_on()
    {
        Cluster.Result = new(TrainOutcome.Left, 0, 100, null);
        Assert.Equal(130, await RunAsync(["train", "--preset", "quickstart", .. Place]));
        Assert.Contains(
            "./neurotrails attach quickstart --cluster 127.0.0.1:30000; end it with: ./neurotrails stop quickstart --cluster "
                + "127.0.0.1:30000",
            Output,
            StringComparison.Ordinal
        );
    }
}
