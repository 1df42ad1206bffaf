using NeuroTrails.Files;

namespace NeuroTrails.Tests.Checkpoints;

/// <summary>
/// A disk on which the world ends in the middle of operation k. Optionally the power goes too: then data that was not flushed is torn, and
/// names that were not flushed with their folder may be lost, later ones first.
/// </summary>
internal sealed class CrashingFiles(int crashAt) : IDurableFiles
{
    private readonly DurableFiles _disk = DurableFiles.Instance;
    private readonly HashSet<string> _volatileData = new(StringComparer.Ordinal);
    private readonly HashSet<string> _volatileNames = new(StringComparer.Ordinal);
    private readonly List<(string From, string To)> _volatileMoves = [];

    public int Operations { get; private set; }

    public void CreateDirectory(string path) => Do(() => _disk.CreateDirectory(path));

    public Stream Create(string path)
    {
        Stream? stream = null;
        Do(() =>
        {
            stream = new CrashingStream(this, _disk.Create(path), path);
            _volatileData.Add(path);
            _volatileNames.Add(path);
        });
        return stream!;
    }

    public void Sync(Stream stream) =>
        Do(() =>
        {
            var crashing = (CrashingStream)stream;
            crashing.Inner.Flush(); // No real waiting for the disk: what would be lost is kept in the books here.
            _volatileData.Remove(crashing.Path);
        });

    public void SyncFile(string path) =>
        Do(() =>
        {
            _volatileData.Remove(path);
        });

    public void SyncDirectory(string path) =>
        Do(() =>
        {
            _volatileNames.RemoveWhere(name => Path.GetDirectoryName(name) == path);
            _volatileMoves.RemoveAll(move => Path.GetDirectoryName(move.To) == path);
        });

    public void MoveFile(string from, string to) =>
        Do(() =>
        {
            // Undone by a power cut, a replaced file would have its old content again; keep it for that.
            if (File.Exists(to))
            {
                File.Copy(to, to + ".before", overwrite: true);
            }

            _disk.MoveFile(from, to);
            Moved(from, to);
        });

    public void MoveDirectory(string from, string to) =>
        Do(() =>
        {
            _disk.MoveDirectory(from, to);
            Moved(from, to);
        });

    public void DeleteFile(string path) => Do(() => _disk.DeleteFile(path));

    public void DeleteDirectory(string path) =>
        Do(
            () => _disk.DeleteDirectory(path),
            () =>
            {
                if (Directory.Exists(path) && Directory.GetFiles(path).Order(StringComparer.Ordinal).FirstOrDefault() is { } first)
                {
                    File.Delete(first);
                }
            }
        );

    public void CutPower(Random random)
    {
        for (var undone = random.Next(_volatileMoves.Count + 1); undone > 0; undone--)
        {
            var (from, to) = _volatileMoves[^1];
            _volatileMoves.RemoveAt(_volatileMoves.Count - 1);
            if (File.Exists(to) || Directory.Exists(to))
            {
                Directory.Move(to, from); // Renames files as well.
                Renamed(to, from);
            }
            else
            {
                Directory.CreateDirectory(from); // Emptied under its new name, and now back under the old one.
            }

            if (File.Exists(to + ".before"))
            {
                File.Move(to + ".before", to);
            }
        }

        foreach (var path in _volatileData.Where(File.Exists))
        {
            using var file = new FileStream(path, FileMode.Open);
            var length = file.Length;
            file.SetLength(random.NextInt64(length + 1));
            if (random.Next(2) == 0)
            {
                file.SetLength(length); // The length arrived, the rest is zeros.
            }
        }

        foreach (var path in _volatileNames.Where(path => random.Next(2) == 0 && File.Exists(path)))
        {
            File.Delete(path);
        }
    }

    private void Moved(string from, string to)
    {
        _volatileMoves.Add((from, to));
        Renamed(from, to);
    }

    private void Renamed(string from, string to)
    {
        foreach (var paths in new[] { _volatileData, _volatileNames })
        {
            foreach (var path in paths.Where(path => path == from || path.StartsWith(from + "/", StringComparison.Ordinal)).ToList())
            {
                paths.Remove(path);
                paths.Add(to + path[from.Length..]);
            }
        }
    }

    private void Do(Action operation, Action? partOfIt = null)
    {
        if (Operations == crashAt)
        {
            partOfIt?.Invoke();
            crashAt = -1;
        }

        if (crashAt < 0)
        {
            throw new SimulatedCrash();
        }

        Operations++;
        operation();
    }

    private sealed class CrashingStream(CrashingFiles files, Stream inner, string path) : MemoryStream
    {
        public Stream Inner => inner;

        public string Path => path;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            var bytes = buffer.ToArray();
            files.Do(() => inner.Write(bytes), () => inner.Write(bytes, 0, bytes.Length / 2));
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
