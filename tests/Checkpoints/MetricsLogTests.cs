using System.Text.Json;
using System.Text.Json.Nodes;
using NeuroTrails.Checkpoints;
using NeuroTrails.Grains;

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

    [Theory]
    [InlineData("{\"step\":2,\"step\":2,\"seconds\":1}")]
    [InlineData("{\"step\":2,\"loss\":1,\"loss\":2,\"seconds\":1}")]
    [InlineData("{\"step\":\"2\",\"seconds\":1}")]
    [InlineData("{\"step\":2.5,\"seconds\":1}")]
    [InlineData("{\"step\":1e400,\"seconds\":1}")]
    [InlineData("{\"\\ud800\":1,\"step\":2,\"seconds\":1}")]
    [InlineData("{\"step\":[],\"seconds\":1}")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("")]
    public void A_damaged_line_goes_like_a_torn_one_and_counts_for_nothing(string line)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("metrics.jsonl");
        string[] sound = ["{\"step\":1,\"seconds\":0.5}", "{\"step\":3,\"seconds\":0.25,\"dropped\":4,\"grown\":4}"];
        File.WriteAllLines(path, [sound[0], line, sound[1]]);
        Assert.Equal(new RunTotals(0.75, 1, 4, 4, null), RunTotals.Read(path));
        MetricsLog.TruncateAfter(path, 3);
        Assert.Equal(sound, File.ReadAllLines(path));
    }

    [Fact]
    public void Energy_adds_up_where_every_step_has_it_and_is_absent_otherwise()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("metrics.jsonl");
        File.WriteAllLines(
            path,
            [
                "{\"step\":1,\"seconds\":1,\"cpu_joules\":20.5}",
                "{\"step\":1,\"split\":\"test\"}",
                "{\"step\":2,\"seconds\":1,\"cpu_joules\":1}",
            ]
        );
        Assert.Equal(21.5, RunTotals.Read(path).CpuJoules);
        File.AppendAllText(path, "{\"step\":3,\"seconds\":1}\n");
        Assert.Null(RunTotals.Read(path).CpuJoules);
    }

    [Fact]
    public void Any_file_is_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("metrics.jsonl");
        var random = new Random(4);
        var intact = "{\"step\":1,\"seconds\":0.5,\"a\":{\"b\":[1]}}\n{\"step\":2,\"seconds\":0.5,\"dropped\":4}\n"u8.ToArray();
        for (var round = 0; round < 3000; round++)
        {
            var bytes = (byte[])intact.Clone();
            for (var i = random.Next(1, 5); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : intact[random.Next(intact.Length)];
            }

            File.WriteAllBytes(path, bytes);
            RunTotals.Read(path);
            MetricsLog.TruncateAfter(path, 5);
            RunTotals.Read(path);
        }
    }

    [Fact]
    public void A_loss_that_is_no_number_is_told_as_a_string()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("metrics.jsonl");
        Append(
            path,
            new JsonObject
            {
                ["step"] = 1,
                ["loss"] = double.NaN,
                ["other"] = float.PositiveInfinity,
            }
        );
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

        Assert.Equal(
            Enumerable.Range(0, 500),
            File.ReadAllLines(path).Select(line => JsonNode.Parse(line)!["step"]!.GetValue<int>()).Order()
        );
    }

    private static void Append(string path, JsonObject line)
    {
        using var log = new MetricsLog(path);
        log.Append(line);
    }
}
