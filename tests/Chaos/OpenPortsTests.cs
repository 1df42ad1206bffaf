using System.Diagnostics;
using System.Globalization;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Chaos;

/// <summary>What other users of a machine can reach of a run in a process of its own: nothing.</summary>
[Collection(nameof(Alone))]
public sealed class OpenPortsTests
{
    private const int Nobody = 65534;
    private const string Listening = "0A";
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_listens_nowhere_and_others_may_not_write_where_it_writes()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("reads /proc");
            return;
        }

        using var folder = new TemporaryFolder();
        var run = folder.File("run");
        File.SetUnixFileMode(folder.Path, (UnixFileMode)Convert.ToInt32("755", 8));
        using var process = ClientProcess.StartIn(folder.Path, "train", "--preset", "quickstart", "--steps", "100000", "--out", run);
        try
        {
            while (!File.Exists(Path.Combine(run, "metrics.jsonl")))
            {
                Assert.False(process.HasExited);
                await Task.Delay(100, Stop);
            }

            var own = Sockets(process.Id);
            Assert.NotEmpty(Lines(process.Id, "unix"));
            Assert.DoesNotContain(
                Lines(process.Id, "tcp").Concat(Lines(process.Id, "tcp6")),
                line => line[3] == Listening && own.Contains(line[9])
            );
            Assert.DoesNotContain(Lines(process.Id, "udp").Concat(Lines(process.Id, "udp6")), line => own.Contains(line[9]));

            // The runtime's own, for debuggers of the same user.
            foreach (
                var path in Lines(process.Id, "unix")
                    .Where(line => line.Length > 7 && line[3] == "00010000" && own.Contains(line[6]))
                    .Select(line => line[7])
            )
            {
                Assert.Equal((UnixFileMode)0, File.GetUnixFileMode(path) & (UnixFileMode)Convert.ToInt32("077", 8));
            }

            Assert.SkipUnless(Environment.UserName == "root", "only root may act as another user");
            foreach (var file in new[] { "new", "metrics.jsonl", "config.yaml", "checkpoints/new" })
            {
                Assert.NotEqual(0, await AsNobody("sh", "-c", $"echo x >> '{run}/{file}'"));
            }

            Assert.Equal(0, await AsNobody("ls", folder.Path));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    // Numbers of the sockets that a process holds.
    private static HashSet<string> Sockets(int process) =>
        [
            .. Directory
                .EnumerateFiles(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/fd"))
                .Select(file => new FileInfo(file).LinkTarget ?? string.Empty)
                .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
                .Select(target => target[8..^1]),
        ];

    private static IEnumerable<string[]> Lines(int process, string kind) =>
        File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/net/{kind}"))
            .Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static async Task<int> AsNobody(params string[] command)
    {
        var start = new ProcessStartInfo("setpriv") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var word in new[] { $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups" }.Concat(command))
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(Stop);
        return process.ExitCode;
    }
}
