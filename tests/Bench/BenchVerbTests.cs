using System.Text.Json;
using NeuroTrails.Client.Cli;
using NeuroTrails.Silo;

namespace NeuroTrails.Tests.Bench;

/// <summary>The benchmarks on the real engine: they run and say what they promise. How fast is for
/// a quiet machine, not for a test.</summary>
public sealed class BenchVerbTests
{
    private static readonly string[] StepFields =
    [
        "step_ms_min",
        "step_ms_median",
        "infer_ms_min",
        "infer_ms_median",
        "peak_mib",
        "monolithic_step_ms_median",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Step_prints_one_line_with_every_field(int headThreads)
    {
        var result = await RunAsync(
            $"bench step --model wrn-10-1 --heads 2 --blocks-in-head 1 --batch 4 --image-size 8 --threads 2 --head-threads {headThreads} "
                + "--steps 2 --warmup 1"
        );
        Assert.All(StepFields, field => Assert.True(result.GetProperty(field).GetDouble() > 0, field));
        Assert.True(result.GetProperty("step_ms_min").GetDouble() <= result.GetProperty("step_ms_median").GetDouble());
        Assert.True(result.GetProperty("infer_ms_min").GetDouble() <= result.GetProperty("infer_ms_median").GetDouble());
    }

    [Fact]
    public async Task Step_leaves_the_monolithic_network_out_when_asked_to()
    {
        var result = await RunAsync(
            "bench step --model wrn-10-1 --heads 1 --blocks-in-head 1 --batch 2 --image-size 8 --threads 1 --steps 1 --warmup 0 "
                + "--no-monolithic"
        );
        Assert.False(result.TryGetProperty("monolithic_step_ms_median", out _));
        Assert.Equal(result.GetProperty("step_ms_min").GetDouble(), result.GetProperty("step_ms_median").GetDouble());
    }

    [Fact]
    public async Task Topology_prints_one_line()
    {
        var result = await RunAsync("bench topology --parameters 1 --threads 1 --repeats 1");
        Assert.True(result.GetProperty("update_ms_min").GetDouble() > 0);
        Assert.Equal(1, result.GetProperty("parameters").GetInt64());
    }

    [Fact]
    public async Task Topology_stops_before_it_begins()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            new RunEngine(TimeProvider.System).BenchmarkTopologyAsync(
                new()
                {
                    Parameters = 1,
                    Density = 0.5,
                    Threads = 1,
                    Repeats = 1,
                },
                stop.Token
            )
        );
    }

    private static async Task<JsonElement> RunAsync(string line)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new ClientHost
        {
            Engine = () => new RunEngine(TimeProvider.System),
            Output = output,
            Error = error,
        };
        Assert.Equal(0, await CommandLine.RunAsync(line.Split(' '), host));
        Assert.Empty(error.ToString());
        var text = output.ToString();
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Count(character => character == '\n'));
        return JsonDocument.Parse(text).RootElement;
    }
}
