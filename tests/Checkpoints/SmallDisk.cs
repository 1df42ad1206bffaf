using System.ComponentModel;
using System.Diagnostics;

namespace NeuroTrails.Tests.Checkpoints;

/// <summary>A real disk of a few MiB in memory; a test that needs one is skipped where mounting is not allowed.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallDisk(int mib)
    {
        if (Run("mount", "-t", "tmpfs", "-o", $"size={mib}m", "tmpfs", _folder.Path) is { } fault)
        {
            _folder.Dispose();
            Assert.Skip($"needs the right to mount a small disk: {fault}");
        }
    }

    public string Path => _folder.Path;

    public string File(string name) => _folder.File(name);

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        using var filler = new FileStream(File("filler"), FileMode.Create, FileAccess.Write, FileShare.Read, 1);
        var block = new byte[1 << 12];
        try
        {
            while (true)
            {
                filler.Write(block);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Gives it back.</summary>
    public void MakeRoom() => System.IO.File.Delete(File("filler"));

    public void Dispose()
    {
        Run("umount", "--lazy", _folder.Path);
        _folder.Dispose();
    }

    private static string? Run(string program, params string[] words)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true })!;
            var fault = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : fault.Trim();
        }
        catch (Win32Exception fault)
        {
            return fault.Message;
        }
    }
}
