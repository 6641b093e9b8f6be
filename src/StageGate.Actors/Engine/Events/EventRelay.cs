using System.Collections.Concurrent;
using Akka.Actor;

namespace StageGate.Actors.Engine.Events;

/// <summary>
/// Carries what one subscriber is told out of the scheduler's turn: a subscriber that blocks or throws when it is told something does so on
/// a thread of the pool, and keeps neither the scheduler nor another subscriber waiting.
/// </summary>
/// <remarks>
/// No actor, because a mailbox is thrown away with its actor: what waits here is told also after the scheduler has ended. The order is that
/// in which it was posted, since only one thread at a time carries. A poster adds and then looks for a carrier; a carrier steps down and
/// then looks for what was added, so nothing is left lying.
/// </remarks>
internal sealed class EventRelay(IActorRef subscriber, IActorRef scheduler, EngineLink engine) : IThreadPoolWorkItem
{
    /// <summary>How many messages are told before the thread of the pool goes back into line.</summary>
    private const int MessagesPerRun = 256;

    private readonly ConcurrentQueue<object> _waiting = new();
    private readonly ActorPath _path = subscriber.Path;
    private int _carried;
    private volatile bool _dropped;

    /// <summary>Whether the subscriber wants events. Afterwards it still hears its answers this way, in order. Changed in the scheduler's turn.</summary>
    public bool IsListening { get; set; }

    /// <summary>Whether there is no use in telling the subscriber anything any more.</summary>
    public bool IsDropped => _dropped;

    public bool IsOf(IActorRef receiver) => receiver.Path.Uid == _path.Uid && receiver.Path.Equals(_path);

    public void Post(object message)
    {
        _waiting.Enqueue(message);

        // After adding: either this sees that it was dropped, or the one who drops it sees the message.
        if (_dropped)
            _waiting.Clear();
        else
            Carry();
    }

    /// <summary>The subscriber is dead, or its reference throws: forgets all that it was to be told.</summary>
    public void Drop()
    {
        _dropped = true;
        _waiting.Clear();
    }

    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            for (var told = 0; told < MessagesPerRun && _waiting.TryDequeue(out var message); told++)
                subscriber.Tell(message, scheduler);
        }
        catch (Exception exception)
        {
            Drop();
            engine.WarnOutsideTurn(exception, $"The subscriber {_path} threw when it was told something, and is told no more events.");
            scheduler.Tell(new SchedulerProtocol.Unsubscribe(subscriber), ActorRefs.NoSender);
        }

        Interlocked.Exchange(ref _carried, 0);
        if (!_waiting.IsEmpty)
            Carry();
    }

    private void Carry()
    {
        if (Interlocked.Exchange(ref _carried, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
