using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using NeuroTrails.Files;

namespace NeuroTrails.Silo;

/// <summary>
/// Writes the log to <c>log.txt</c> of a run, with the traces of our own faults (<see cref="RepeatedLog"/>); what a person sees on the
/// terminal is told elsewhere. Never throws while it logs: a run that cannot be logged must still be able to go on, and to end.
/// </summary>
internal sealed class FileLog : ILoggerProvider
{
    private const int MostEarly = 1000;
    private readonly Queue<byte[]> _early = new();
    private AppendedFile? _file;
    private readonly TimeProvider _time;
    private readonly RepeatedLog _repeated;
    private readonly Lock _gate = new();
    private bool _closed;
    private int _lost;

    public FileLog(string path, TimeProvider time)
        : this(new AppendedFile(path), time) { }

    // A log whose file is not known yet; what is logged meanwhile is kept, as far as there is room.
    public FileLog(TimeProvider time) => (_time, _repeated) = (time, new(time));

    internal FileLog(AppendedFile file, TimeProvider time)
        : this(time) => _file = file;

    // Opens the file to append to it, beginning with what was kept.
    public void Open(string path)
    {
        lock (_gate)
        {
            _file = new(path);
            while (_early.TryDequeue(out var entry))
            {
                Append(entry);
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _file?.Dispose();
        }
    }

    private void Write(LogLevel level, string category, EventId id, string message, Exception? fault)
    {
        lock (_gate)
        {
            if (_closed || _repeated.Text(category, id, message, fault) is not { } text)
            {
                return;
            }

            var lost =
                _lost == 0
                    ? string.Empty
                    : string.Create(CultureInfo.InvariantCulture, $"({_lost} entries before this one found no room on the disk)\n");
            var entry = string.Create(
                CultureInfo.InvariantCulture,
                $"{_time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {level, -11} {category}: {text}"
            );
            Append(Encoding.UTF8.GetBytes(lost + entry));
        }
    }

    private void Append(byte[] entry)
    {
        if (_file is null)
        {
            if (_early.Count < MostEarly)
            {
                _early.Enqueue(entry);
            }

            return;
        }

        try
        {
            _file.Append(entry);
            _lost = 0;
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            _lost++;
        }
    }

    private sealed class Category(FileLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => log.Write(logLevel, name, eventId, formatter(state, exception), exception);
    }
}
