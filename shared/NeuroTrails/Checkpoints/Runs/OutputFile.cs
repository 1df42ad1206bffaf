using NeuroTrails.Files;

namespace NeuroTrails.Checkpoints;

/// <summary>A file that the user asked for. Its place is tried before the work that fills it; it appears whole or not at all.</summary>
internal sealed class OutputFile : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private const int MostAttempts = 100;
    private readonly string _option;
    private readonly bool _force;
    private readonly FileStream _stream;

    private OutputFile(string path, string option, bool force, FileStream stream) =>
        (Path, _option, _force, _stream) = (path, option, force, stream);

    public string Path { get; }

    // Makes a hidden file beside the one that is asked for, which is where it will be written; what is read meanwhile is not replaced in
    // any case.
    public static OutputFile Open(string path, string option, bool force = false, params IReadOnlyList<string> inputs)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            if (Directory.Exists(full))
            {
                throw new UserErrorException($"{option}: `{path}` is a folder. Name a file.");
            }

            Protect(path, full, option, force, inputs);
            var folder = System.IO.Path.GetDirectoryName(full)!;
            return Directory.Exists(folder)
                ? new(full, option, force, CreateBeside(folder))
                : throw new UserErrorException(
                    $"{option}: `{path}` cannot be written: there is no folder `{folder}`. Make it, or name a file in another."
                );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Refused(fault, path, option);
        }
    }

    public void Write(Action<Stream> write, CancellationToken stop = default)
    {
        try
        {
            using (var stoppable = new StoppableStream(_stream, stop))
            {
                write(stoppable);
            }

            _stream.Flush(flushToDisk: true);
            _stream.Dispose();
            File.Move(_stream.Name, Path, overwrite: _force);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Refused(fault, Path, _option);
        }
    }

    public void Dispose()
    {
        // What its buffer holds may be what the disk does not take.
        BestEffort.Do(_stream.Dispose);
        BestEffort.Do(() => File.Delete(_stream.Name));
    }

    private static void Protect(string path, string full, string option, bool force, IReadOnlyList<string> inputs)
    {
        var there = FileStatus.OfAny(full, followLink: true);
        if (there is not null && inputs.Any(input => FileStatus.OfAny(input, followLink: true) == there))
        {
            throw new UserErrorException($"{option}: `{path}` is the file that is read. Name another.");
        }

        if (RunFolder.OwnerOf(full) is { } run)
        {
            throw new UserErrorException(
                $"{option}: `{path}` belongs to the run in '{run.Path}', which alone writes it. Name another file."
            );
        }

        if (FileStatus.OfAny(full, followLink: false) is { IsRegular: false, IsLink: false } other)
        {
            throw new UserErrorException($"{option}: `{path}` is {other.Kind}, not a file. Name another.");
        }

        if (!force && Exists(full))
        {
            throw new UserErrorException($"{option}: `{path}` is there already. Name another file, or let it be replaced by --force.");
        }
    }

    // A link that leads nowhere is something, too.
    private static bool Exists(string path) => File.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private static FileStream CreateBeside(string folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            var path = System.IO.Path.Combine(folder, FormattableString.Invariant($".neurotrails-{Environment.ProcessId}-{attempt}.tmp"));
            try
            {
                return new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes);
            }
            catch (IOException) when (attempt < MostAttempts && File.Exists(path))
            {
                // Another one of this process, or what was left by one that was killed.
            }
        }
    }

    private static UserErrorException Refused(Exception fault, string path, string option) =>
        StorageFaults.Explain(fault, path, option: option)
        ?? new UserErrorException($"{option}: `{path}` cannot be written: {fault.Message.TrimEnd('.')}. Name another file.", fault);

    private sealed class StoppableStream(Stream inner, CancellationToken stop) : PassingStream(inner)
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            stop.ThrowIfCancellationRequested();
            base.Write(buffer);
        }
    }
}
