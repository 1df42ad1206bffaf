using System.Diagnostics;
using System.Globalization;
using System.Text;
using NeuroTrails.Running;
using NeuroTrails.Tests.Chaos;

namespace NeuroTrails.Tests.Cluster;

/// <summary>A silo as a process of its own, which can be paused.</summary>
internal sealed class SiloProcess : IDisposable
{
    /// <summary>What the log says of a checkpoint.</summary>
    public const string Committed = "Checkpoint of step";

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    public SiloProcess(string name, string cluster, RedisServer redis, string runs)
    {
        _process = ClientProcess.StartIn(
            runs,
            ["silo", "--name", name, "--devices", "cpu", "--cluster-id", cluster, "--redis", redis.Endpoint, "--runs", runs]
        );
        (Name, LogPath) = (name, Path.Combine(runs, $"silo-{name}.log"));
        DataReceivedEventHandler hear = (_, line) =>
        {
            lock (_said)
            {
                _said.AppendLine(line.Data);
            }
        };
        _process.OutputDataReceived += hear;
        _process.ErrorDataReceived += hear;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Name { get; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Memory that it takes now, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>What it wrote to the terminal.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>What silos of this name wrote to their log.</summary>
    public string[] Log
    {
        get
        {
            if (!File.Exists(LogPath))
            {
                return [];
            }

            using var reader = new StreamReader(new FileStream(LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd().Split('\n');
        }
    }

    /// <summary>How many checkpoints it has committed, as the home of a run's coordinator.</summary>
    public int Commits => Log.Count(line => line.Contains(Committed, StringComparison.Ordinal));

    private string LogPath { get; }

    /// <summary>Stops it where it is, as a machine does that swaps or migrates.</summary>
    public void Pause() => Signal("STOP");

    /// <summary>Lets it go on.</summary>
    public void Resume() => Signal("CONT");

    public async Task EndAsync() => await _process.WaitForExitAsync(TestContext.Current.CancellationToken);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
