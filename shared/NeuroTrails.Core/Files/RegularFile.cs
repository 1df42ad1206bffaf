using Microsoft.Win32.SafeHandles;

namespace NeuroTrails.Files;

/// <summary>
/// Opens the files of data and run folders, and nothing but files: a pipe would be waited for, a device may never end. Where it writes,
/// it follows no symbolic link in the last place of the path, so that a link in a run folder cannot have its target emptied.
/// </summary>
internal static class RegularFile
{
    private const int BufferBytes = 1 << 16;

    public static FileStream OpenRead(string path, int bufferBytes = BufferBytes) => new(OpenHandle(path), FileAccess.Read, bufferBytes);

    public static SafeFileHandle OpenHandle(string path) => Posix.OpenFile(path, FileAccess.Read, create: false, append: false);

    public static byte[] ReadAllBytes(string path, long limit = int.MaxValue)
    {
        using var stream = OpenRead(path, 1);
        var length = stream.Length;
        if (length > limit)
        {
            throw new IOException($"'{path}' has {length} bytes; at most {limit} are read");
        }

        // Not ReadExactly: somebody may be cutting it short.
        var bytes = new byte[(int)Math.Min(length, Array.MaxLength)];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    public static string ReadAllText(string path)
    {
        using var reader = new StreamReader(OpenRead(path));
        return reader.ReadToEnd();
    }

    public static IEnumerable<string> ReadLines(string path)
    {
        using var reader = new StreamReader(OpenRead(path));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    public static FileStream Create(string path)
    {
        var stream = new FileStream(Posix.OpenFile(path, FileAccess.Write, create: true, append: false), FileAccess.Write, BufferBytes);
        stream.SetLength(0);
        return stream;
    }

    // Opens a file to append to it without a buffer, and makes it where there is none.
    public static FileStream OpenAppend(string path)
    {
        var stream = new FileStream(Posix.OpenFile(path, FileAccess.Write, create: true, append: true), FileAccess.Write, 1);
        stream.Seek(0, SeekOrigin.End);
        return stream;
    }

    // Opens a file to read and write it as it is, without a buffer, and makes it where there is none.
    internal static FileStream OpenOrCreate(string path) =>
        new(Posix.OpenFile(path, FileAccess.ReadWrite, create: true, append: false), FileAccess.ReadWrite, 1);
}
