using System.Globalization;
using Microsoft.Extensions.Logging;
using NeuroTrails.Checkpoints;

namespace NeuroTrails.Silo;

/// <summary>Writes the log to <c>log.txt</c> of a run, stack traces and all; what a person sees on the terminal is told elsewhere.</summary>
public sealed class FileLog : ILoggerProvider
{
    private readonly StreamWriter _writer;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private bool _closed;

    /// <summary>Opens the file to append to it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="UserErrorException">Something else than a file lies there.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public FileLog(string path, TimeProvider time)
    {
        _time = time;
        try
        {
            _writer = new(RegularFile.OpenAppend(path)) { AutoFlush = true };
        }
        catch (NotRegularFileException fault)
        {
            throw new UserErrorException(
                $"Cannot write '{path}': {fault.Message}. Remove that, or choose another folder with --out.", fault);
        }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _writer.Dispose();
        }
    }

    private void Write(LogLevel level, string category, string message, Exception? fault)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {level,-11} {category}: {message}"));
                if (fault is not null)
                {
                    _writer.WriteLine(fault);
                }
            }
        }
    }

    private sealed class Category(FileLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Write(logLevel, name, formatter(state, exception), exception);
    }
}
