using System.Text.Json;
using System.Text.Json.Nodes;
using NeuroTrails.Checkpoints;

namespace NeuroTrails.Tests.Checkpoints;

public sealed class MetricsLogTests
{
    [Fact]
    public void Lines_of_later_steps_and_a_torn_one_go_and_the_rest_stays()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("metrics.jsonl");
        MetricsLog.TruncateAfter(path, 3);
        Append(path, new JsonObject { ["runtime"] = "ü" });
        for (var step = 1; step <= 5; step++)
        {
            Append(path, new JsonObject { ["step"] = step, ["loss"] = 1.0 / step });
        }

        var lines = File.ReadAllLines(path);
        File.AppendAllText(path, "{\"step\":2,\"lo");
        MetricsLog.TruncateAfter(path, 3);
        Assert.Equal(lines[..4], File.ReadAllLines(path));
        Append(path, new JsonObject { ["step"] = 4, ["loss"] = 0.25 });
        Assert.Equal(lines[..5], File.ReadAllLines(path));
        MetricsLog.TruncateAfter(path, -1);
        Assert.Equal(lines[..1], File.ReadAllLines(path));
    }

    [Fact]
    public void A_loss_that_is_no_number_is_told_as_a_string()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("metrics.jsonl");
        Append(path, new JsonObject { ["step"] = 1, ["loss"] = double.NaN, ["other"] = float.PositiveInfinity });
        using var line = JsonDocument.Parse(File.ReadAllText(path));
        Assert.Equal("NaN", line.RootElement.GetProperty("loss").GetString());
        Assert.Equal("Infinity", line.RootElement.GetProperty("other").GetString());
    }

    [Fact]
    public void Many_writers_leave_whole_lines()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("metrics.jsonl");
        using (var log = new MetricsLog(path))
        {
            Parallel.For(0, 500, i => log.Append(new JsonObject { ["step"] = i }));
        }

        Assert.Equal(Enumerable.Range(0, 500), File.ReadAllLines(path).Select(line => JsonNode.Parse(line)!["step"]!.GetValue<int>()).Order());
    }

    private static void Append(string path, JsonObject line)
    {
        using var log = new MetricsLog(path);
        log.Append(line);
    }
}
