using Microsoft.Extensions.DependencyInjection;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Tests.Engine;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Cluster;

/// <summary>What a stranger may write into a submission: no path leads out of the runs folder or the data folder.</summary>
public sealed class RunAdmissionTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _notices = [];
    private SiloHost? _silo;

    private string Runs => _folder.File("runs");

    private string Data => _folder.File("data");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(Data, "mine"));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "data-of-others"));
        Directory.CreateDirectory(Runs);
        _silo = await StartAsync(Data + Path.DirectorySeparatorChar);
    }

    public async ValueTask DisposeAsync()
    {
        await (_silo?.DisposeAsync() ?? default);
        _folder.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("/x")]
    [InlineData("-x")]
    [InlineData(".hidden")]
    [InlineData("x\n")]
    [InlineData("x\0y")]
    [InlineData("ä")]
    [InlineData("a b")]
    public async Task A_name_that_could_be_a_path_is_refused(string name)
    {
        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => Admit(new(name, Yaml(null), true, [], true)));
        Assert.Contains("is no name for a run", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Runs));
    }

    [Fact]
    public async Task A_run_that_is_there_may_change_its_length_but_neither_its_place_nor_its_network()
    {
        await Admit(new("r", Yaml(null), false, [], true));
        var longer = await Admit(new("r", string.Empty, true, [], true, Changes: ["training.steps=77"]));
        Assert.Equal(77, RunOptionsReader.Parse(longer.Options).Training.Steps);
        Assert.Contains(_notices, notice => notice.StartsWith("training.steps is 77 from here on", StringComparison.Ordinal));
        foreach (var change in new[] { $"data.path={_folder.Path}/data-of-others", "device=cuda", "ensemble.heads=7" })
        {
            var refusal = await Assert.ThrowsAsync<UserErrorException>(() =>
                Admit(new("r", string.Empty, true, [], true, Changes: [change]))
            );
            Assert.Contains(change.Split('=')[0], refusal.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("../data-of-others")]
    [InlineData("mine/../..")]
    [InlineData("/tmp")]
    public async Task Data_outside_the_data_folder_are_refused(string path)
    {
        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => Admit(new("x", Yaml(path), false, [], true)));
        Assert.Contains("outside the cluster's data folder", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Runs));
    }

    [Fact]
    public async Task Data_that_are_not_there_are_refused_with_what_is() =>
        Assert.EndsWith(
            "holds no 'yours'. It holds: mine.",
            (await Assert.ThrowsAsync<UserErrorException>(() => Admit(new("x", Yaml("yours"), false, [], true)))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_run_gets_a_folder_of_its_name_and_settings_that_say_everything()
    {
        var run = await Admit(new("x-1.y", Yaml("mine"), false, [], true));
        Assert.Equal((Path.Combine(Runs, "x-1.y"), null), (run.Folder, run.CheckpointStep));
        var options = RunOptionsReader.Parse(
            await File.ReadAllTextAsync(Path.Combine(run.Folder, "config.yaml"), TestContext.Current.CancellationToken)
        );
        Assert.Equal(("cpu", Path.Combine(Data, "mine")), (options.Device, options.Data.Path));
        Assert.True(options.Execution.BackboneThreads > 0);

        Assert.Contains(
            "has a run 'x-1.y' already",
            (await Assert.ThrowsAsync<UserErrorException>(() => Admit(new("x-1.y", Yaml(null), false, [], true)))).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(run, await Admit(new("x-1.y", string.Empty, true, [], true)));
    }

    [Fact]
    public async Task Settings_that_contradict_a_run_are_refused_and_what_was_left_open_is_not()
    {
        await Admit(new("x", Yaml("mine"), false, [], true));
        await Admit(new("x", Yaml("mine"), true, [], true));
        await Admit(new("x", Yaml(null), true, [], true));
        var others = RunOptionsReader.Parse(Yaml("mine"));
        others = others with { Device = "cuda", Seed = others.Seed + 1, Training = others.Training with { Batch = 17 } };
        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => Admit(new("x", RunOptionsWriter.ToYaml(others), true, [], true)));
        Assert.StartsWith(
            "The cluster has a run 'x' with other settings; choose another --run, or go on with its own by --resume x\n",
            refusal.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["device", "seed", "training.batch"],
            refusal.Message.Split('\n').Skip(1).Select(line => line.Trim().Split(':')[0]).Order()
        );
    }

    [Fact]
    public async Task Going_on_with_a_run_that_is_not_there_is_refused() =>
        Assert.Contains(
            "has no run 'x'",
            (await Assert.ThrowsAsync<UserErrorException>(() => Admit(new("x", string.Empty, true, [], true)))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_device_that_no_silo_has_is_refused_with_those_that_there_are() =>
        Assert.Contains(
            "--device cuda is not what this cluster has. Allowed: auto, cpu.",
            (
                await Assert.ThrowsAsync<UserErrorException>(() =>
                    Admit(new("x", RunOptionsWriter.ToYaml(Options(null) with { Device = "cuda" }), false, [], true))
                )
            ).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task What_is_noteworthy_of_the_data_is_told()
    {
        await Admit(new("x", Yaml(null), false, [], true));
        Assert.Equal(["data: NoiseData, 8,000 training, 16 test samples of 3x8x8", "classes: 5", "a class is empty"], _notices);
    }

    private static RunOptions Options(string? path) =>
        new()
        {
            Model = new() { Name = "mlp", Hidden = [24, 16, 12] },
            Training = new() { Steps = 4, Batch = 8 },
            Data = new() { Path = path },
        };

    private static string Yaml(string? path) => RunOptionsWriter.ToYaml(Options(path));

    private async Task<RunDefinition> Admit(RunSubmission submission)
    {
        var admitted = await _silo!
            .Services.GetRequiredService<IRunAdmission>()
            .Admit(submission, "key", update => _notices.Add(((RunNotice)update).Message));
        admitted.Right!.Dispose();
        return admitted.Run;
    }

    private async Task<SiloHost> StartAsync(string data)
    {
        var silo = await SiloHost.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<IRunDataSource>(new NoiseData(8, 8, 5) { Notices = ["a class is empty"] });
                builder.Services.AddSingleton(
                    new SiloRequest
                    {
                        Name = "a",
                        Devices = ["cpu"],
                        RunsFolder = Runs,
                        DataFolder = data,
                    }
                );
            },
            stop: TestContext.Current.CancellationToken
        );
        return silo;
    }
}
