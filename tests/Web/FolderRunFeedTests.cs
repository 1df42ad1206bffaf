using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Running;
using NeuroTrails.Silo.Web;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Web;

public sealed class FolderRunFeedTests : IDisposable
{
    private const string Step =
        """{"step":1,"generation":1,"epoch":0.1,"head_loss":[1.5,null],"head_accuracy":[0.5,0.25],"learning_rate":0.1,"seconds":0.5}""";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_is_replayed_from_what_it_wrote_and_followed_while_it_grows()
    {
        Write(
            Step
                + "\n"
                + """{"step":1,"split":"validation","accuracy":0.5,"nll":1,"ece":0.1,"split_head_accuracy":[0.5,0.25]}"""
                + "\n"
                + """{"step":2,"genera"""
        );
        await using var batches = Feed()
            .Follow("r", 0, TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var first = await Next(batches);
        Assert.Collection(
            first.Updates,
            update => Assert.Equal((3, "glyphs"), (Assert.IsType<RunStarted>(update).Heads, ((RunStarted)update).DataSet)),
            update =>
                Assert.Equal(
                    (1, 1, 2.0),
                    (Assert.IsType<StepProgress>(update).Step, ((StepProgress)update).Generation, ((StepProgress)update).StepsPerSecond)
                ),
            update => Assert.Equal((1, 0.1), (Assert.IsType<RunMeasured>(update).Step, ((RunMeasured)update).CalibrationError))
        );
        Assert.Equal(RunPhase.Stopped, first.Phase);
        await File.AppendAllTextAsync(
            Metrics,
            """tion":1,"head_loss":[1,1],"dropped":5,"grown":5,"masks":[{"owner":"head-0","layer":"w","positions":10,"active":2,"dropped":5,"grown":5,"median_age":3}],"overlap":[]}"""
                + "\n",
            TestContext.Current.CancellationToken
        );
        var grown = await Next(batches);
        Assert.Equal((2, 5), (Assert.IsType<StepProgress>(grown.Updates[0]).Step, ((StepProgress)grown.Updates[0]).Grown));
        Assert.Equal(new LayerMask("head-0", "w", 10, 2, 5, 5, 3), Assert.IsType<TopologyChanged>(grown.Updates[1]).Layers.Single());
    }

    [Fact]
    public async Task Damaged_lines_and_a_missing_file_are_lived_with()
    {
        Write("nonsense\n{}\n[1]\n{\"step\":\"x\"}\n" + Step + "\n");
        await using var batches = Feed()
            .Follow("r", 0, TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.Equal(1, (await Next(batches)).Updates.OfType<StepProgress>().Single().Step);
        File.Delete(Metrics);
        await batches.MoveNextAsync();
        Assert.Empty(batches.Current.Updates);
    }

    [Fact]
    public async Task A_run_that_is_not_there_ends_at_once()
    {
        await foreach (var _ in Feed().Follow("other", 0, TestContext.Current.CancellationToken))
        {
            Assert.Fail("There is nothing to tell.");
        }

        Assert.NotNull(await Feed().Stop("r"));
        Assert.NotNull(await Feed().Resume("r"));
    }

    private string Metrics => _folder.File("r/metrics.jsonl");

    private static async Task<FeedBatch> Next(IAsyncEnumerator<FeedBatch> batches)
    {
        do
        {
            Assert.True(await batches.MoveNextAsync());
        } while (batches.Current.Updates.Count == 0);
        return batches.Current;
    }

    private void Write(string lines)
    {
        Directory.CreateDirectory(_folder.File("r"));
        File.WriteAllText(_folder.File("r/config.yaml"), RunOptionsWriter.ToYaml(new RunOptionsReader().AddPreset("quickstart").Read()));
        File.WriteAllText(Metrics, lines);
    }

    private FolderRunFeed Feed() => new("r", () => new Dictionary<string, string> { ["r"] = _folder.File("r") }, TimeProvider.System);
}
