using System.Diagnostics;
using System.Net.Sockets;

namespace NeuroTrails.Tests.Checkpoints;

/// <summary>Things that lie where a file should.</summary>
internal static class SpecialFiles
{
    /// <summary>Kinds that <see cref="Put"/> knows, each with what messages call it.</summary>
    public static TheoryData<string> Kinds => ["a named pipe", "a character device", "a socket", "a folder"];

    /// <summary>Puts one there, instead of what was there; the device by a link to it, as only root makes devices.</summary>
    public static void Put(string path, string kind)
    {
        File.Delete(path);
        switch (kind)
        {
            case "a named pipe":
                using (var maker = Process.Start("mkfifo", [path]))
                {
                    maker.WaitForExit();
                    Assert.Equal(0, maker.ExitCode);
                }

                break;
            case "a character device":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case "a socket":
                using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
                {
                    socket.Bind(new UnixDomainSocketEndPoint(path));
                    File.Move(path, path + ".kept"); // .NET removes it with the socket, by its name.
                }

                File.Move(path + ".kept", path);
                break;
            default:
                Directory.CreateDirectory(path);
                break;
        }
    }

    /// <summary>What an act does must come at once: it hangs where a pipe is opened, and takes all memory where a device is read.</summary>
    public static async Task<T> AtOnce<T>(Func<T> act) =>
        await Task.Run(act).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
}
