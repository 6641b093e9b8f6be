using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace StageGate.Actors.Hosting.Tests.Support;

internal sealed record LogEntry(string Category, LogLevel Level, string Text, Exception? Exception);

/// <summary>What the library has said to the log, under its own categories.</summary>
internal sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();

    public IReadOnlyList<LogEntry> Entries => [.. _entries];

    public LogEntry Single(LogLevel level) => Assert.Single(Entries, entry => entry.Level == level);

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("StageGate", StringComparison.Ordinal) ? new Category(categoryName, _entries) : NullLogger.Instance;

    public void Dispose()
    {
    }

    private sealed class Category(string name, ConcurrentQueue<LogEntry> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue(new LogEntry(name, logLevel, formatter(state, exception), exception));
    }
}
