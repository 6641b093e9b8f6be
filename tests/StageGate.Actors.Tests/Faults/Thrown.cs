using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace StageGate.Actors.Tests.Faults;

/// <summary>What user code can throw.</summary>
internal static class Thrown
{
    private static readonly Dictionary<string, Func<Exception>> s_all = new()
    {
        ["out of memory"] = Made<OutOfMemoryException>,
        ["stack overflow"] = Made<StackOverflowException>,
        ["access violation"] = Made<AccessViolationException>,
        ["thread interrupted"] = () => new ThreadInterruptedException(),
        ["thread aborted"] = Made<ThreadAbortException>,
        ["thread start"] = Made<ThreadStartException>,
        ["insufficient stack"] = Made<InsufficientExecutionStackException>,
        ["null reference"] = Made<NullReferenceException>,
        ["exception itself"] = Made<Exception>,
        ["empty aggregate"] = () => new AggregateException(),
        ["nested aggregate"] = () => new AggregateException(new AggregateException(new InvalidDataException()), new FormatException()),
        ["canceled"] = () => new OperationCanceledException(),
        ["canceled for a foreign token"] = () => new OperationCanceledException(new CancellationToken(canceled: true)),
        ["canceled task"] = () => new TaskCanceledException(),
        ["time-out"] = () => new TimeoutException(),
        ["our cancellation"] = () => new WorkCanceledException(),
        ["our termination"] = () => new WorkTerminatedException(),
        ["our death"] = () => new SchedulerTerminatedException(),
        ["our deadlock"] = () => new DeadlockException(),
        ["our unknown resource"] = () => new UnknownResourceException(),
        ["deep"] = () =>
            Enumerable.Range(0, 1000).Aggregate((Exception)new FormatException(), (inner, _) => new FormatException("outer", inner)),
        ["without a message"] = () => new Odd(),
        ["hostile"] = () => new Hostile(),
        ["hostile cancellation"] = () => new HostileCancellation(),
    };

    public static IEnumerable<string> Names => s_all.Keys;

    public static Exception New(string name) => s_all[name]();

    /// <summary>Also those that code is not supposed to make.</summary>
    private static T Made<T>()
        where T : Exception =>
        typeof(T).GetConstructor([]) is { } constructor ? (T)constructor.Invoke(null) : (T)RuntimeHelpers.GetUninitializedObject(typeof(T));

    [SuppressMessage("Design", "CA1065", Justification = "That is what it is for.")]
    private sealed class Hostile : Exception
    {
        public override string Message => throw new InvalidOperationException();

        public override string StackTrace => throw new InvalidOperationException();

        public override IDictionary Data => throw new InvalidOperationException();

        public override string? Source => throw new InvalidOperationException();

        public override string? HelpLink => throw new InvalidOperationException();

        public override Exception GetBaseException() => throw new InvalidOperationException();

        public override bool Equals(object? obj) => throw new InvalidOperationException();

        public override int GetHashCode() => throw new InvalidOperationException();

        public override string ToString() => throw new InvalidOperationException();
    }

    [SuppressMessage("Design", "CA1065", Justification = "That is what it is for.")]
    private sealed class HostileCancellation : OperationCanceledException
    {
        public override string Message => throw new InvalidOperationException();

        public override string ToString() => throw new InvalidOperationException();
    }

    private sealed class Odd : Exception
    {
        public override string Message => null!;

        public override string StackTrace => null!;

        public override string ToString() => null!;
    }
}
