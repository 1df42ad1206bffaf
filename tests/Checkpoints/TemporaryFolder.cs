using System.Globalization;

namespace NeuroTrails.Tests.Checkpoints;

/// <summary>A folder of its own for one test, removed afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private static int _count;

    public TemporaryFolder()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"neurotrails-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}");
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), name);
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
