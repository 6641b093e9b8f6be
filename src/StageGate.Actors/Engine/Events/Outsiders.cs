using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine.Events;

/// <summary>
/// The actors that are none of ours, as far as they are being told something: what one of them is told, answers and events alike, takes
/// the same way, in one order. Any thread.
/// </summary>
internal sealed class Outsiders(EngineLink engine, EventStream notices)
{
    private readonly ConcurrentDictionary<Receiver, Relay> _relays = new();

    /// <summary>A reference that is not Akka's own may throw wherever it is touched, which is no fault of the scheduler's.</summary>
    public void Tell(IActorRef receiver, IActorRef scheduler, object message)
    {
        // An answer to nobody would be a dead letter, and those who listen to dead letters would hear of it in the scheduler's turn.
        if (receiver is Nobody or DeadLetterActorRef)
            return;

        try
        {
            // Our own. No other: also Akka's, for those who ask, calls code of theirs.
            if (receiver is IQuestion question)
            {
                question.Tell(message, scheduler);
                return;
            }

            while (!RelayTo(receiver, scheduler).TryPost(message))
            {
            }
        }
        catch (Exception exception)
        {
            engine.WarnOutsideTurn(exception, $"{message.GetType().Name} could not be told to its receiver.");
        }
    }

    /// <summary>Tells those who listen to the actor system's event stream, on the thread pool: they may throw or block, like anybody.</summary>
    public void Notify(object notice) => ThreadPool.UnsafeQueueUserWorkItem(
        static told =>
        {
            LeftInterrupt.Forget();
            try
            {
                told.Notices.Publish(told.Notice);
            }
            catch (Exception exception)
            {
                told.Engine.WarnOutsideTurn(exception, $"A listener to the actor system's event stream threw when it was told of {told.Notice.GetType().Name}.");
            }
        },
        (Notices: notices, Engine: engine, Notice: notice),
        preferLocal: false);

    /// <summary>The relay of an actor that gets events from now on.</summary>
    public Relay Listen(IActorRef receiver, IActorRef scheduler, out bool wasListening)
    {
        Relay relay;
        do
            relay = RelayTo(receiver, scheduler);
        while (!relay.TryListen(out wasListening));
        return relay;
    }

    /// <summary>The relay has retired; another one may have taken its place.</summary>
    public void Forget(Relay relay) => _relays.TryRemove(KeyValuePair.Create(relay.Receiver, relay));

    private Relay RelayTo(IActorRef receiver, IActorRef scheduler) =>
        _relays.GetOrAdd(
            new Receiver(receiver),
            static (receiver, made) => new Relay(receiver, made.Scheduler, made.Engine),
            (Scheduler: scheduler, Engine: engine));
}
