using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Tests.Client;

public sealed class ClusterVerbTests : ClientFixture
{
    private const string Address = "127.0.0.1:30000";

    [Fact]
    public async Task Attach_follows_a_run_to_its_end()
    {
        Assert.Equal(0, await RunAsync("attach", "long", "--cluster", Address, "--cluster-id", "lab"));
        Assert.Equal([new ClusterAddress(Address, "lab")], Cluster.Addresses);
        Assert.Equal(["long"], Cluster.Asked);
        Assert.Contains("warning: a part of the run was lost", Error, StringComparison.Ordinal);
        Assert.Contains("0.9321", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_ends_with_130_and_says_how_to_come_back()
    {
        Cluster.Result = new(TrainOutcome.Left, 1250, 9000, null);
        Cluster.Meanwhile = async leave =>
        {
            await Interruption.CancelAsync();
            Assert.True(leave.IsCancellationRequested);
        };
        Assert.Equal(130, await RunAsync("attach", "long", "--cluster", Address));
        Assert.Equal(
            "left long at step 1,250; it goes on. Watch it with: ./neurotrails attach long --cluster 127.0.0.1:30000; end it with: "
                + "./neurotrails stop long --cluster 127.0.0.1:30000\n",
            Output
        );
    }

    [Fact]
    public async Task A_run_that_was_stopped_by_somebody_says_how_to_go_on()
    {
        Cluster.Result = new(TrainOutcome.Interrupted, 1250, 9000, null);
        Assert.Equal(130, await RunAsync("attach", "long", "--cluster", Address));
        Assert.Equal("long was stopped at step 1,250; go on with: ./neurotrails train --resume long --cluster 127.0.0.1:30000\n", Output);
    }

    [Fact]
    public async Task A_failure_in_the_cluster_is_one_line_and_1()
    {
        Cluster.Fault = new InvalidOperationException("no space left on device\nmore");
        Assert.Equal(1, await RunAsync("attach", "long", "--cluster", Address));
        Assert.Contains("failed: no space left on device (details: ", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_says_where_the_run_stands_then()
    {
        Assert.Equal((0, "long: stopped at step 1,250\n"), (await RunAsync("stop", "long", "--redis", "db:6379"), Output));
        Assert.Equal(new ClusterAddress(null, "neurotrails", Redis: new("db:6379")), Assert.Single(Cluster.Addresses));
    }

    [Fact]
    public async Task Silos_lists_who_is_there_and_what_lives_where()
    {
        Cluster.Overview = new(
            [
                new("a", "S1", ["cpu", "cuda:0"], 8, 12_345, ["long/backbone@cpu", "long/head-0@cuda:0"], Draining: false),
                new("b", "S2", ["cpu"], 2, 99, [], Draining: true),
            ],
            ["long", "[odd]"]
        );
        Assert.Equal(0, await RunAsync("silos", "--cluster", Address));
        foreach (
            var expected in new[]
            {
                "cpu, cuda:0",
                "12,345 MiB",
                "long/backbone@cpu, long/head-0@cuda:0",
                "b (leaving)",
                "runs under way: long, [odd]",
            }
        )
        {
            Assert.Contains(expected, Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Silos_of_an_idle_cluster_has_no_runs()
    {
        Assert.Equal(0, await RunAsync("silos", "--cluster", Address));
        Assert.Contains("runs under way: none", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_in_a_cluster_shows_the_owners_places()
    {
        Cluster.Snapshot = new(RunPhase.Running, 7, [], 1250, null, null);
        Cluster.Layout = [new("backbone", "a", "S1", "cpu"), new("head-0", "b", "S2", "cuda:1")];
        Assert.Equal(0, await RunAsync("status", "long", "--cluster", Address));
        Assert.Equal("run         long\nstate       running at step 1,250\nbackbone    a/cpu\nhead-0      b/cuda:1\n", Output);
    }

    [Fact]
    public async Task Status_in_a_cluster_tells_loss_accuracy_and_time_left()
    {
        var step = new StepProgress
        {
            Step = 1250,
            TotalSteps = 2000,
            Epoch = 2.5,
            LossPerHead = [0.5, 0.25],
            Accuracy = 0.912,
            Density = 0.2,
            StepsPerSecond = 10,
            Remaining = TimeSpan.FromSeconds(75),
            TopologyUpdates = 1,
            Dropped = 2,
            Grown = 2,
        };
        RunUpdate[] updates = [step with { Step = 1249 }, new RunMeasured(1200, "validation", 0.75, 0.5, [0.7, 0.8]), step];
        Cluster.Snapshot = new(RunPhase.Running, 7, updates, 1250, null, null);
        Assert.Equal(0, await RunAsync("status", "long", "--cluster", Address));
        Assert.Equal(
            "run         long\nstate       running at step 1,250\nprogress    1,250 of 2,000 steps, epoch 2.50, 10.0 steps/s, 1m 15s "
                + "left\nloss        0.500 0.250\naccuracy    0.912 on the last batch\n"
                + "measured    validation at step 1,200: accuracy 0.7500 (heads 0.700 0.800), NLL 0.5000\n",
            Output
        );
        Cluster.Snapshot = Cluster.Snapshot with { Phase = RunPhase.Stopped };
        Assert.Equal(0, await RunAsync("status", "long", "--cluster", Address));
        Assert.EndsWith(", epoch 2.50\n", Output[..Output.LastIndexOf("loss", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_to_come_name_the_cluster_as_it_was_named_without_its_password()
    {
        Cluster.Result = new(TrainOutcome.Left, 3, 100, null);
        Assert.Equal(130, await RunAsync("attach", "long", "--redis", "db:6379", "--cluster-id", "lab", "--redis-tls"));
        Assert.Contains("./neurotrails stop long --cluster-id lab --redis db:6379 --redis-tls\n", Output, StringComparison.Ordinal);
        Variables["NEUROTRAILS_CLUSTER"] = Address;
        Assert.Equal(130, await RunAsync("attach", "long"));
        Assert.EndsWith("./neurotrails stop long\n", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_of_a_failed_run_says_why()
    {
        Cluster.Snapshot = new(
            RunPhase.Failed,
            7,
            [],
            12,
            new()
            {
                Reason = "the disk is full",
                Cause = FailureCause.Fault,
                Step = 12,
                Time = default,
            },
            null
        );
        Assert.Equal(0, await RunAsync("status", "long", "--cluster", Address));
        Assert.Contains("failure     the disk is full", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_of_a_run_that_waits_says_for_what()
    {
        Cluster.Snapshot = new(RunPhase.Running, 7, [], 12, null, null, "No place for head-0 at 'b'.");
        Assert.Equal(0, await RunAsync("status", "long", "--cluster", Address));
        Assert.Contains("waits       No place for head-0 at 'b'.", Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("attach long")]
    [InlineData("stop long")]
    [InlineData("silos")]
    public async Task Who_names_no_cluster_is_asked_which(string line)
    {
        Assert.Equal(2, await RunAsync(line.Split(' ')));
        Assert.Contains("Say which cluster: --cluster HOST:PORT", Error, StringComparison.Ordinal);
        Assert.Contains("NEUROTRAILS_CLUSTER", Error, StringComparison.Ordinal);
        Assert.Empty(Cluster.Addresses);
    }

    [Theory]
    [InlineData("attach --cluster x", "Required argument 'RUN' missing")]
    [InlineData("stop --cluster x", "Required argument 'RUN' missing")]
    [InlineData("silos --clutser x", "did you mean `--cluster`?")]
    public async Task Wrong_usage_ends_with_2(string line, string expected)
    {
        Assert.Equal(2, await RunAsync(line.Split(' ')));
        Assert.Contains(expected, Error, StringComparison.Ordinal);
        Assert.Empty(Cluster.Addresses);
    }
}
