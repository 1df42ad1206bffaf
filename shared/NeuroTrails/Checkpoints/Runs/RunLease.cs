using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace NeuroTrails.Checkpoints;

/// <summary>
/// What <c>run.lock</c> says of whoever writes a run. It is written in place, always as long, so that it can be renewed on a full disk; the
/// file's own time tells when that was, by the clock of whoever keeps the file.
/// </summary>
/// <param name="Holder">The writer, for people.</param>
/// <param name="Key">Equal for writers that take turns, as the coordinators of a cluster's run do; else unique.</param>
/// <param name="Token">Unique for each writer.</param>
/// <param name="Machine">Where it runs: its locks count on that machine only, and until that starts anew.</param>
/// <param name="Renewals">How often it was renewed.</param>
internal sealed record RunLease(string Holder, string Key, string Token, string Machine, long Renewals)
{
    private const int Bytes = 512;
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    // How long a writer on another machine may not be heard of before it is taken for dead.
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(30);

    // How often it makes itself heard.
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    public static string ThisMachine { get; } = ReadMachine();

    // Reads it; null where nobody writes, or a writer of an earlier version does, of whom only the lock tells.
    public static RunLease? Read(SafeFileHandle file)
    {
        var bytes = new byte[Bytes];
        var read = RandomAccess.Read(file, bytes, 0);
        try
        {
            return read == 0
                ? null
                : JsonSerializer.Deserialize<RunLease>(bytes.AsSpan(0, read).TrimEnd((byte)'\n').TrimEnd((byte)' '), Format);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Write(SafeFileHandle file)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(this, Format);
        var bytes = new byte[Math.Max(Bytes, text.Length + 1)];
        bytes.AsSpan().Fill((byte)' ');
        text.CopyTo(bytes, 0);
        bytes[^1] = (byte)'\n';
        RandomAccess.Write(file, bytes, 0);
    }

    private static string ReadMachine()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id", Encoding.ASCII).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Environment.MachineName;
        }
    }
}
