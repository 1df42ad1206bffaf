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
            ["test --project tests -c Release", "test --project tests -c Release --filter-query /*/*/*Parity*/*", "test --project tests -c Release --no-progress", "build NeuroTrails.sln -c Release --nologo -v:q"],
            _machine.TakeLog());
    }

    [Fact]
    public void It_is_short() => Assert.InRange(Repository.Lines("neurotrails").Length, 1, 60);
}
