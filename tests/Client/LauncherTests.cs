namespace NeuroTrails.Tests.Client;

public sealed class LauncherTests : IDisposable
{
    private readonly FakeMachine _machine = new();

    private string Probe => File.ReadAllText(Path.Combine(_machine.Root, "artifacts", "feed.probe"));

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task The_first_use_sets_up_and_the_next_only_starts()
    {
        var (code, output, error) = await _machine.RunAsync("train", "--preset", "a b");
        Assert.Equal((0, $"client in {_machine.Outside}: train --preset a b\n"), (code, output));
        Assert.Contains("asking the package feeds", error, StringComparison.Ordinal);
        Assert.Contains("building client", error, StringComparison.Ordinal);
        Assert.Contains("OrleansFrom=stand-in", Probe, StringComparison.Ordinal);
        Assert.Contains("NU1101: Unable to find package Microsoft.Orleans.Server.", Probe, StringComparison.Ordinal);
        var log = _machine.TakeLog();
        Assert.Contains(log, line => line.StartsWith("cmake --build", StringComparison.Ordinal));
        Assert.Contains(log, line => line.StartsWith("build client/NeuroTrails.Client.csproj -c Release", StringComparison.Ordinal));

        (code, output, error) = await _machine.RunAsync("status", "x");
        Assert.Equal((0, $"client in {_machine.Outside}: status x\n", string.Empty), (code, output, error));
        Assert.Single(_machine.TakeLog());
    }

    [Fact]
    public async Task A_changed_source_is_built_and_a_new_question_to_the_feeds_is_not_asked()
    {
        await _machine.RunAsync("status");
        _machine.TakeLog();
        await Task.Delay(20, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_machine.Root, "grains", "New.cs"), "x", TestContext.Current.CancellationToken);
        var (_, _, error) = await _machine.RunAsync("status");
        Assert.Contains("building client", error, StringComparison.Ordinal);
        Assert.DoesNotContain(_machine.TakeLog(), line => line.StartsWith("restore", StringComparison.Ordinal));
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

    [Fact]
    public async Task Packages_are_used_where_the_feed_has_the_whole_family()
    {
        _machine.Variables["FAKE_FEED"] = "Microsoft.Orleans.Server Microsoft.Orleans.Client Microsoft.Orleans.Sdk Microsoft.Orleans.Connections.Security";
        Assert.Equal(0, (await _machine.RunAsync("status")).Code);
        Assert.Contains("OrleansFrom=package\nOrleansVersion=10.4.2\n", Probe, StringComparison.Ordinal);
        Assert.Contains("ConsoleExporterFrom=stand-in", Probe, StringComparison.Ordinal);
        // A libtorch that was named is used by the stand-in, whatever the feed has.
        Assert.Contains("TorchSharpFrom=stand-in", Probe, StringComparison.Ordinal);

        _machine.Variables["FAKE_FEED"] = "Microsoft.Orleans.Server Microsoft.Orleans.Client Microsoft.Orleans.Sdk";
        File.Delete(Path.Combine(_machine.Root, "artifacts", "feed.probe"));
        Assert.Equal(0, (await _machine.RunAsync("status")).Code);
        Assert.Contains("OrleansFrom=stand-in", Probe, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OrleansVersion", "99.0.0", "Microsoft.Orleans.Server=99.0.0")]
    [InlineData("TorchSharpFrom", "package", "TorchSharp=0.106.0")]
    [InlineData("OpenTelemetryVersion", "7.0.0", "OpenTelemetry.Exporter.Console=7.0.0")]
    public async Task What_is_asked_for_and_cannot_be_restored_is_an_error(string variable, string value, string expected)
    {
        _machine.Variables[variable] = value;
        var (code, output, error) = await _machine.RunAsync("status");
        Assert.Equal((2, string.Empty), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Contains("cannot be restored", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stand_in_that_is_asked_for_needs_no_feed()
    {
        _machine.Variables["OrleansFrom"] = _machine.Variables["ConsoleExporterFrom"] = "stand-in";
        Assert.Equal(0, (await _machine.RunAsync("status")).Code);
        Assert.DoesNotContain(_machine.TakeLog(), line => line.StartsWith("restore", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_without_libtorch_is_refused()
    {
        _machine.Variables["TORCH_DIR"] = _machine.Outside;
        var (code, _, error) = await _machine.RunAsync("status");
        Assert.Equal(2, code);
        Assert.Contains("holds no libtorch", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_ends_with_the_counts()
    {
        _machine.SetTestOutput("""
              A.B.C [FAIL]
                Assert.True() Failure
              A.B.D [SKIP]
                needs the Orleans packages
              A.B.E [SKIP]
                needs the Orleans packages
            === TEST EXECUTION SUMMARY ===
               NeuroTrails.Tests  Total: 10, Errors: 0, Failed: 1, Skipped: 2, Not Run: 0, Time: 1.0s

            """);
        _machine.Variables["FAKE_EXIT"] = "1";
        await _machine.RunAsync("status");
        _machine.Variables.Remove("FAKE_EXIT");
        var (code, output, _) = await _machine.RunAsync("test");
        var lines = output.TrimEnd('\n').Split('\n');
        Assert.Equal((1, "runtime: fake", "7 passed, 1 failed, 2 skipped"), (code, lines[0], lines[^1]));
        Assert.Contains("failed: A.B.C", lines);
        Assert.Contains("skipped 2: needs the Orleans packages", lines);
    }

    [Fact]
    public async Task Test_with_a_filter_that_matches_nothing_is_wrong_usage()
    {
        _machine.SetTestOutput("=== TEST EXECUTION SUMMARY ===\n   NeuroTrails.Tests  Total: 0, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 0.0s\n");
        var (code, output, error) = await _machine.RunAsync("test", "--filter", "No Such");
        Assert.Equal(2, code);
        Assert.EndsWith("0 passed, 0 failed, 0 skipped\n", output, StringComparison.Ordinal);
        Assert.Contains("no test's name contains 'No Such'", error, StringComparison.Ordinal);
        Assert.Contains(_machine.TakeLog(), line => line.EndsWith("-method *No Such*", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Test_that_dies_is_a_failure()
    {
        _machine.SetTestOutput("  Starting:    NeuroTrails.Tests\n");
        var (code, output, error) = await _machine.RunAsync("test");
        Assert.Equal(1, code);
        Assert.EndsWith("0 passed, 1 failed, 0 skipped\n", output, StringComparison.Ordinal);
        Assert.Contains("before it was done", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test", "--filter")]
    [InlineData("test", "--fliter=x")]
    [InlineData("setup", "now")]
    [InlineData("build", "all")]
    public async Task Wrong_usage_of_the_launchers_own_verbs_is_2(string verb, string word)
    {
        var (code, _, error) = await _machine.RunAsync(verb, word);
        Assert.Equal(2, code);
        Assert.Contains("Usage: ./neurotrails", error, StringComparison.Ordinal);
    }
}
