using System.Collections.Concurrent;
using StageGate.Actors.Engine.Events;

namespace StageGate.Actors.Engine;

/// <summary>
/// The facts that the scheduler has yet to see, in the order in which they were posted. It belongs to the facade and outlives the actor:
/// what a dying actor has not read is not lost in a mailbox, but ended here.
/// </summary>
/// <remarks>
/// No fact is left behind, whoever races whom. A poster adds the fact and then looks whether the inbox was closed; the closer closes it and
/// then empties it. At least one of them sees the fact, and ends its work; ending it twice does nothing.
/// </remarks>
internal sealed class Inbox(Action wake, EventFeed events)
{
    private readonly ConcurrentQueue<Fact> _facts = new();
    private int _awake;
    private Exception? _cause;
    private volatile bool _closed;

    public bool IsClosed => _closed;

    /// <summary>Adds a fact, and wakes the scheduler if it is asleep.</summary>
    public void Post(Fact fact)
    {
        Add(fact);
        Wake();
    }

    /// <summary>Adds a fact without waking the scheduler; the caller does so when it has left its lock.</summary>
    public void Add(Fact fact)
    {
        _facts.Enqueue(events.IsActive ? fact with { PostedAt = events.Now().Ticks } : fact);
        if (_closed)
            Empty();
    }

    public void Wake()
    {
        if (!_closed && Interlocked.Exchange(ref _awake, 1) == 0)
            wake();
    }

    /// <summary>How many facts there are to take now. What is posted from here on wakes the scheduler again.</summary>
    public int BeginTurn()
    {
        // Before the count: a fact that is posted after the count finds the scheduler asleep and wakes it.
        Interlocked.Exchange(ref _awake, 0);
        return _facts.Count;
    }

    public bool TryTake(out Fact fact) => _facts.TryDequeue(out fact);

    /// <summary>Refuses all that comes, and ends the work of all that is here.</summary>
    /// <param name="cause">The fault that killed the scheduler, where one is known.</param>
    public void Close(Exception? cause)
    {
        _cause = cause;
        _closed = true;
        Empty();
    }

    private void Empty()
    {
        while (_facts.TryDequeue(out var fact))
            fact.Subject.Abandon(_cause);
    }
}
