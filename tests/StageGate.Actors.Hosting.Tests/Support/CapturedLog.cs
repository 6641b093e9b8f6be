using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace StageGate.Actors.Hosting.Tests.Support;

internal sealed record LogEntry(LogLevel Level, string Text, Exception? Exception);

/// <summary>What the hosting part has said to the log, under its own category.</summary>
internal sealed class CapturedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();

    public IReadOnlyList<LogEntry> Entries => [.. _entries];

    public LogEntry Single(LogLevel level) => Assert.Single(Entries, entry => entry.Level == level);

    public ILogger CreateLogger(string categoryName) =>
        categoryName == "StageGate.Actors.Hosting" ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue(new LogEntry(logLevel, formatter(state, exception), exception));

    public void Dispose()
    {
    }
}
