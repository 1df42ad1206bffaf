using NeuroTrails.Tests.House;

namespace NeuroTrails.Tests.Client;

public sealed class LauncherTests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task The_first_use_restores_and_builds_and_the_next_only_starts()
    {
        var (code, output, error) = await _machine.RunAsync("train", "--preset", "a b");
        Assert.Equal((0, $"client in {_machine.Outside}: train --preset a b\n"), (code, output));
        Assert.Contains("restoring packages", error, StringComparison.Ordinal);
        Assert.Contains("building client", error, StringComparison.Ordinal);
        var log = _machine.TakeLog();
        Assert.StartsWith("restore client", log[0], StringComparison.Ordinal);
        Assert.StartsWith("build client -c Release --no-restore", log[1], StringComparison.Ordinal);

        Assert.Equal((0, $"client in {_machine.Outside}: status x\n", string.Empty), await _machine.RunAsync("status", "x"));
        Assert.Single(_machine.TakeLog());
    }

    [Theory]
    [InlineData("grains/New.cs", true)]
    [InlineData("Directory.Build.props", true)]
    [InlineData("tests/New.cs", false)]
    public async Task Only_a_source_of_the_program_that_changed_is_built(string file, bool built)
    {
        await _machine.RunAsync("status");
        await Task.Delay(20, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_machine.Root, file), "x", TestContext.Current.CancellationToken);
        Assert.Equal(built, (await _machine.RunAsync("status")).Error.Contains("building client", StringComparison.Ordinal));
        Assert.Empty((await _machine.RunAsync("status")).Error);
    }

    [Fact]
    public async Task Exit_codes_pass_and_links_work()
    {
        await _machine.RunAsync("status");
        var link = Path.Combine(_machine.Outside, "link");
        File.CreateSymbolicLink(link, Path.Combine(_machine.Root, "neurotrails"));
        _machine.Variables["FAKE_EXIT"] = "130";
        var (code, output, _) = await _machine.RunAsync(link, ["eval"]);
        Assert.Equal((130, $"client in {_machine.Outside}: eval\n"), (code, output));
    }

    [Theory]
    [InlineData("FAKE_RESTORE", "could not be restored")]
    [InlineData("FAKE_BUILD", "the build failed")]
    public async Task What_goes_wrong_is_said_and_tried_again_the_next_time(string variable, string expected)
    {
        _machine.Variables[variable] = "7";
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var (code, output, error) = await _machine.RunAsync("status");
            Assert.Equal((1, string.Empty), (code, output));
            Assert.Contains(expected, error, StringComparison.Ordinal);
        }

        _machine.Variables.Remove(variable);
        Assert.Equal(0, (await _machine.RunAsync("status")).Code);
    }

    [Fact]
    public async Task Another_backend_has_a_build_of_its_own()
    {
        await _machine.RunAsync("status");
        _machine.Variables["TorchBackend"] = "cuda-linux";
        _machine.Variables["FAKE_BACKEND"] = "cuda-linux/";
        Assert.Contains("building client", (await _machine.RunAsync("status")).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await _machine.RunAsync("status")).Code);
        Assert.Contains("artifacts/cuda-linux/bin", _machine.TakeLog()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_and_build_go_to_dotnet()
    {
        _machine.Variables["FAKE_EXIT"] = "2";
        Assert.Equal(2, (await _machine.RunAsync("test")).Code);
        await _machine.RunAsync("test", "Parity");
        await _machine.RunAsync("test", "--no-progress");
        await _machine.RunAsync("build", "-v:q");
        Assert.Equal(
            [
                "test --project tests -c Release",
                "test --project tests -c Release --filter-query /*/*/*Parity*/*",
                "test --project tests -c Release --no-progress",
                "build NeuroTrails.sln -c Release --nologo -v:q",
            ],
            _machine.TakeLog()
        );
    }

    [Theory]
    [InlineData("--help", "./neurotrails build")]
    [InlineData("", "./neurotrails test [WORD]")]
    [InlineData("help", "./neurotrails setup")]
    [InlineData("setup --help", "no more")]
    [InlineData("build --help", "options go to dotnet build")]
    [InlineData("test -h", "whose class contains WORD")]
    [InlineData("train --help", "| `--preset NAME` |")]
    [InlineData("bench step --help", "| `--heads N` |")]
    public async Task Help_needs_nothing(string line, string expected)
    {
        _machine.Variables["DOTNET_ROOT"] = "/nowhere";
        var (code, output, error) = await _machine.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((0, string.Empty), (code, error));
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Empty(_machine.TakeLog());
        Assert.False(Directory.Exists(Path.Combine(_machine.Root, "artifacts")));
    }

    [Fact]
    public async Task Help_of_a_verb_is_the_program_s_where_it_is_built()
    {
        Assert.Equal(0, (await _machine.RunAsync("setup")).Code);
        Assert.Equal($"client in {_machine.Outside}: train --help\n", (await _machine.RunAsync("train", "--help")).Output);
        Assert.Contains("dotnet build", (await _machine.RunAsync("build", "--help")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_knows_how_it_was_called()
    {
        await _machine.RunAsync("setup");
        _machine.Variables["FAKE_SHOW"] = "1";
        Assert.StartsWith($"called as {_machine.Root}/neurotrails\n", (await _machine.RunAsync("status")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_builds_and_no_more()
    {
        var (code, output, _) = await _machine.RunAsync("setup");
        Assert.Equal((0, string.Empty), (code, output));
        Assert.Equal(["restore", "build"], _machine.TakeLog().Select(line => line.Split(' ')[0]));
        await _machine.RunAsync("setup");
        Assert.Empty(_machine.TakeLog());
    }

    [Fact]
    public async Task Another_user_takes_what_is_built_and_writes_nothing()
    {
        await _machine.RunAsync("setup");
        _machine.BecomeAnother();
        Assert.Equal((0, $"client in {_machine.Outside}: status x\n", string.Empty), await _machine.RunAsync("status", "x"));
        Assert.Contains("a clone/artifacts/bin", Assert.Single(_machine.TakeLog()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_user_builds_at_home_where_there_is_no_build_or_an_old_one(bool old)
    {
        if (old)
        {
            await _machine.RunAsync("setup");
            File.SetLastWriteTimeUtc(Path.Combine(_machine.Root, "artifacts", "built"), DateTime.UnixEpoch);
        }

        _machine.BecomeAnother();
        Assert.Equal(
            (0, $"client in {_machine.Outside}: status\n"),
            ((await _machine.RunAsync("status")) is var (code, output, _) ? (code, output) : default)
        );
        var cache = Path.Combine(_machine.Outside, "home", ".cache", "neurotrails");
        var log = _machine.TakeLog();
        Assert.Equal(3, log.Count);
        Assert.All(log.Take(2), line => Assert.Contains($"-p:ArtifactsPath={cache}/", line, StringComparison.Ordinal));
        Assert.StartsWith($"{cache}/", log[2], StringComparison.Ordinal);
        Assert.Empty((await _machine.RunAsync("status")).Error);
        Assert.Single(_machine.TakeLog());
        await _machine.RunAsync("test", "Parity");
        await _machine.RunAsync("build");
        Assert.All(_machine.TakeLog(), line => Assert.Contains($"-p:ArtifactsPath={cache}/", line, StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_short() => Assert.InRange(Repository.Lines("neurotrails").Length, 1, 60);
}
