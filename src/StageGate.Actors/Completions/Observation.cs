using System.Runtime.ExceptionServices;

namespace StageGate.Actors.Completions;

/// <summary>
/// One observer's place in the list of those who wait for one piece of work. Never changed, so the list is read without a lock. An observer
/// that is alone, and whose index is zero, stands for itself: most work has one observer at most.
/// </summary>
internal sealed class Observation
{
    /// <summary>Stands for the list of work that has ended. It tells nobody.</summary>
    public static readonly object End = new Observation(observer: null, index: 0, next: null);

    private const int PruneFrom = 16;

    private readonly ICompletionObserver? _observer;
    private readonly Observation? _next;
    private readonly int _index;
    private readonly int _depth;
    private readonly int _pruneAt;

    private Observation(ICompletionObserver? observer, int index, Observation? next, int pruneAt = PruneFrom)
    {
        _observer = observer;
        _index = index;
        _next = next;
        _depth = 1 + (next?._depth ?? 0);
        _pruneAt = pruneAt;
    }

    /// <summary>
    /// A list with one more observer. Each time it has doubled since the last time, those that nobody wants any more are left out: a
    /// long-running task in many short waits holds about as many of them as are alive, at a cost that stays O(1) per wait.
    /// </summary>
    public static object Add(ICompletionObserver observer, int index, object? list)
    {
        if (list is null && index == 0)
            return observer;

        var rest = list is ICompletionObserver lone ? new Observation(lone, index: 0, next: null) : (Observation?)list;
        if (rest is null || rest._depth < rest._pruneAt)
            return new Observation(observer, index, rest, rest?._pruneAt ?? PruneFrom);

        rest = Wanted(rest);
        return new Observation(observer, index, rest, Math.Max(PruneFrom, 2 * (rest?._depth ?? 0)));
    }

    /// <summary>Tells all in the list what the work is about to be known to have failed with.</summary>
    public static void Foretell(object? list, Exception exception)
    {
        if (list is ICompletionObserver lone)
            lone.OnFailing(exception);
        for (var observation = list as Observation; observation is { _observer: { } observer }; observation = observation._next)
            observer.OnFailing(exception);
    }

    /// <summary>
    /// Tells all in the list that the work has ended. True where somebody was waiting for it. They are told once in all, so one that throws keeps
    /// it from no other; what the first such one threw is thrown in the end.
    /// </summary>
    public static bool Notify(object? list)
    {
        if (list is ICompletionObserver lone)
            return Notify(lone, index: 0);

        var wasAnyTold = false;
        ExceptionDispatchInfo? fault = null;
        for (var observation = (Observation?)list; observation is { _observer: { } observer }; observation = observation._next)
        {
            try
            {
                wasAnyTold |= Notify(observer, observation._index);
            }
            catch (Exception exception)
            {
                fault ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        fault?.Throw();
        return wasAnyTold;
    }

    private static bool Notify(ICompletionObserver observer, int index)
    {
        if (!observer.IsWanted)
            return false;

        // Before it is told, for then it waits no more.
        var isWaiting = observer.IsWaiting;
        observer.OnEnded(index);
        return isWaiting;
    }

    private static Observation? Wanted(Observation list)
    {
        Observation? kept = null;
        for (var observation = list; observation is not null; observation = observation._next)
        {
            if (observation._observer is { IsWanted: true } observer)
                kept = new Observation(observer, observation._index, kept);
        }

        return kept;
    }
}
