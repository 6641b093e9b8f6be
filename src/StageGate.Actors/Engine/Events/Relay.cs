using Akka.Actor;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine.Events;

/// <summary>
/// Carries what one actor is told out of the scheduler's turn: an actor that blocks or throws when it is told something, because of its
/// mailbox or its dispatcher, does so on a thread of the pool, and keeps neither the scheduler nor another actor waiting.
/// </summary>
/// <remarks>
/// No actor, because a mailbox is thrown away with its actor: what waits here is told also after the scheduler has ended. The order is that
/// in which it was posted, since only one thread at a time carries, and since a relay retires only when nothing is on its way any more.
/// </remarks>
internal sealed class Relay(Receiver receiver, IActorRef scheduler, EngineLink engine) : IThreadPoolWorkItem
{
    /// <summary>How many messages are told before the thread of the pool goes back into line.</summary>
    private const int MessagesPerRun = 256;

    /// <summary>How often the next one may be too early before the relay looks again only after a pause: by far the most are in time at the first try.</summary>
    private const int TriesBeforePause = 64;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<object> _waiting = new();
    private bool _isCarrying;
    private bool _isListening;
    private bool _isRetired;

    // Of the thread that carries, and of no other.
    private int _tooEarly;

    public Receiver Receiver => receiver;

    /// <summary>False: the relay has retired, and another one is needed.</summary>
    public bool TryPost(object message)
    {
        lock (_gate)
        {
            if (_isRetired)
                return false;

            _waiting.Enqueue(message);
            if (_isCarrying)
                return true;
            _isCarrying = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    /// <summary>From now on the actor gets events as well, so the relay stays. False: it has retired, and another one is needed.</summary>
    public bool TryListen(out bool wasListening)
    {
        lock (_gate)
        {
            wasListening = _isListening;
            return _isListening = !_isRetired;
        }
    }

    /// <summary>The actor gets no more events than were posted before.</summary>
    public void StopListening()
    {
        lock (_gate)
        {
            _isListening = false;
            Retire(ifIdle: true);
        }
    }

    /// <summary>The actor is dead, or its reference throws: forgets all that it was to be told.</summary>
    public void Drop()
    {
        lock (_gate)
        {
            _waiting.Clear();
            Retire(ifIdle: false);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        // Left on this thread by code of others, and to strike here, it would pass for the fault of the actor.
        LeftInterrupt.Forget();
        try
        {
            for (var told = 0; told < MessagesPerRun && TryTake(out var message); told++)
                receiver.Actor.Tell(message, scheduler);
        }
        catch (Exception exception)
        {
            // What the actor's own reference has left, here and below, is not to break this off: nobody would catch it.
            LeftInterrupt.Forget();
            Drop();
            engine.WarnOutsideTurn(exception, $"{receiver} threw when it was told something, and is told no more.");
            scheduler.Tell(new ListenerFailed(this), ActorRefs.NoSender);
        }

        LeftInterrupt.Forget();
        lock (_gate)
        {
            _isCarrying = _waiting.Count > 0;
            if (!_isCarrying)
            {
                Retire(ifIdle: true);
                return;
            }
        }

        GoBackIntoLine();
    }

    /// <summary>
    /// False as well where the next one tells of an end that a <see cref="Task"/> has not come to yet: whoever is told is to find both. The pool had that to do
    /// before this, so to go back into line is to wait; only code of others that a canceled or failed one runs, where it watches what is thrown, may take longer.
    /// </summary>
    private bool TryTake(out object message)
    {
        lock (_gate)
        {
            if (_waiting.TryPeek(out message!) && message is SchedulerProtocol.PipelineEnded { Handle.IsCompletionOpen: true })
            {
                _tooEarly++;
                return false;
            }

            _tooEarly = 0;
            return _waiting.TryDequeue(out message!);
        }
    }

    // Not by a continuation of that task: those of others that come first may block.
    private void GoBackIntoLine()
    {
        if (_tooEarly <= TriesBeforePause)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }

        Task.Delay(s_pause).ContinueWith(
            static (_, relay) => ((IThreadPoolWorkItem)relay!).Execute(),
            this,
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }

    private void Retire(bool ifIdle)
    {
        if (_isRetired || (ifIdle && (_isListening || _isCarrying)))
            return;

        _isRetired = true;
        engine.Outsiders.Forget(this);
    }
}
