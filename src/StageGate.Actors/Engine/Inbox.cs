using System.Collections.Concurrent;
using StageGate.Actors.Engine.Events;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

/// <summary>
/// The facts that the scheduler has yet to see, in the order in which they were posted. It belongs to the facade and outlives the actor:
/// what a dying actor has not read is not lost in a mailbox, but ended here.
/// </summary>
/// <remarks>
/// No fact is left behind, whoever races whom. A poster adds the fact and then looks whether the inbox was closed; the closer closes it and
/// then empties it. At least one of them sees the fact, and ends its work; ending it twice does nothing. Nor is one lost to an interrupt that
/// waits for the thread of its poster: it could strike only before the fact is added, where the queue waits for a lock.
/// </remarks>
internal sealed class Inbox(EventFeed events)
{
    private readonly ConcurrentQueue<Fact> _facts = new();
    private readonly Lock _emptying = new();
    private Exception? _cause;
    private volatile bool _closed;

    public bool IsClosed => _closed;

    public bool IsEmpty => _facts.IsEmpty;

    public int Count => _facts.Count;

    /// <summary>Adds a fact. Whoever adds one also sees to it that the scheduler has a turn.</summary>
    public void Add(Fact fact)
    {
        LeftInterrupt.Outlast(
            (Facts: _facts, Fact: events.IsActive ? fact with { PostedAt = Now() } : fact),
            static step => step.Facts.Enqueue(step.Fact));
        if (_closed)
            Empty();
    }

    public bool TryTake(out Fact fact) => _facts.TryDequeue(out fact);

    /// <summary>Refuses all that comes, and ends the work of all that is here.</summary>
    /// <param name="cause">The fault that killed the scheduler, where one is known.</param>
    public void Close(Exception? cause) => Close(cause, fact => fact.Subject.Abandon(cause));

    /// <summary>Refuses all that comes, and hands over all that is here, in order, to somebody who sees to its end.</summary>
    /// <remarks>
    /// Whoever adds something meanwhile waits for that: each thread can draw it out by one fact, and none of them for ever.
    /// </remarks>
    /// <param name="cause">The fault that killed the scheduler, where one is known.</param>
    /// <param name="last">What they are handed to. Does not throw.</param>
    public void Close(Exception? cause, Action<Fact> last)
    {
        using var uninterrupted = LeftInterrupt.PutOff();
        lock (_emptying)
        {
            _cause = cause;
            _closed = true;
            while (_facts.TryDequeue(out var fact))
                last(fact);
        }
    }

    /// <summary>A clock of the user's may wait, and is not to be struck by an interrupt that waits for the poster.</summary>
    private DateTimeOffset Now()
    {
        using var uninterrupted = LeftInterrupt.PutOff();
        return events.Now();
    }

    /// <summary>One at a time: when it returns, also what another thread had taken out has ended.</summary>
    private void Empty()
    {
        using var uninterrupted = LeftInterrupt.PutOff();
        lock (_emptying)
        {
            while (_facts.TryDequeue(out var fact))
                fact.Subject.Abandon(_cause);
        }
    }
}
