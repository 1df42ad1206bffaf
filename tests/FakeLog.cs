using Microsoft.Extensions.Logging;

namespace NeuroTrails.Tests;

/// <summary>A log that hands every entry to a test: category, level, text, fault.</summary>
internal sealed class FakeLog(Action<string, LogLevel, string, Exception?> heard) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Category(categoryName, heard);

    public void Dispose() { }

    private sealed class Category(string name, Action<string, LogLevel, string, Exception?> heard) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => heard(name, logLevel, formatter(state, exception), exception);
    }
}
