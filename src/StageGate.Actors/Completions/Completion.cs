using System.Runtime.ExceptionServices;

namespace StageGate.Actors.Completions;

/// <summary>
/// The state of one piece of work as every thread may see it, and those who wait for its end. It becomes terminal exactly once,
/// whoever tries.
/// </summary>
/// <remarks>
/// <para>
/// Pipelines use it too; they are never <see cref="TaskState.Ready"/> or <see cref="TaskState.Terminated"/>. It is part of the work's own
/// object, because there are as many of these as there are tasks: it is never copied, only referred to.
/// </para>
/// <para>
/// Nobody is missed. Whoever ends the work writes the state, and then takes the list of observers away and puts an end mark in its place;
/// an observer joins the list, unless it finds the mark, and then the state is terminal already.
/// </para>
/// </remarks>
internal struct Completion
{
    /// <summary>No worker runs it any more, and its end is about to be made known; until then it is seen to be Ready.</summary>
    private const int Revoked = -1;

    private object? _observers;
    private ExceptionDispatchInfo? _failure;
    private volatile int _state;
    private byte _endClaimed;

    public readonly TaskState State => _state is var state && state == Revoked ? TaskState.Ready : (TaskState)state;

    public readonly bool IsEnded => State.IsTerminal();

    /// <summary>What the work threw. Read only once it has ended.</summary>
    public readonly ExceptionDispatchInfo? Failure => _failure;

    /// <summary>A step on the way to the end. False: another thread took the work another way first.</summary>
    public bool TryAdvance(TaskState from, TaskState to) =>
        Interlocked.CompareExchange(ref _state, (int)to, (int)from) == (int)from;

    /// <summary>Takes Ready work back, which ends by that. False: it has begun.</summary>
    public bool TryRevoke() => Interlocked.CompareExchange(ref _state, Revoked, (int)TaskState.Ready) == (int)TaskState.Ready;

    /// <summary>Keeps what the work has thrown, for when it ends. The first one counts, unless the end brings one of its own.</summary>
    public void TrySetFailure(ExceptionDispatchInfo failure) => Interlocked.CompareExchange(ref _failure, failure, null);

    /// <summary>Ends the work and wakes all who wait. False: it had ended before, and nothing changed.</summary>
    /// <param name="ending">A terminal state.</param>
    /// <param name="failure">Why it ends so, where that is not what the work has thrown.</param>
    /// <param name="wasObserved">Whether anybody was waiting.</param>
    public bool TryEnd(TaskState ending, ExceptionDispatchInfo? failure, out bool wasObserved)
    {
        wasObserved = false;
        if (Interlocked.Exchange(ref _endClaimed, 1) != 0)
            return false;

        // The state last, because readers take no lock: whoever sees a terminal state sees the outcome too. A worker that moves Ready to
        // Running at this moment is overwritten, and one that comes later fails.
        // What the scheduler's death gives as the reason counts more than what the callable may have thrown at the same moment.
        if (failure is not null)
            Volatile.Write(ref _failure, failure);
        if (ending == TaskState.Failed && _failure is { } known)
            Observation.Foretell(Volatile.Read(ref _observers), known.SourceException);
        _state = (int)ending;

        wasObserved = Observation.Notify(Interlocked.Exchange(ref _observers, Observation.End));
        return true;
    }

    /// <summary>Has an observer called at the end. False: the work has ended, and the observer will not be called.</summary>
    /// <param name="observer">The observer.</param>
    /// <param name="index">What to call the work when the observer is told.</param>
    public bool TryObserve(ICompletionObserver observer, int index)
    {
        while (true)
        {
            var list = Volatile.Read(ref _observers);
            if (list == Observation.End)
                return false;
            if (Interlocked.CompareExchange(ref _observers, Observation.Add(observer, index, list), list) == list)
                return true;
        }
    }
}
