using System.Collections.Concurrent;
using Akka.Actor;

namespace StageGate.Actors.Engine.Events;

/// <summary>
/// The actors that are none of ours, as far as they are being told something: what one of them is told, answers and events alike, takes
/// the same way, in one order. Any thread.
/// </summary>
internal sealed class Outsiders(EngineLink engine)
{
    private readonly ConcurrentDictionary<Receiver, Relay> _relays = new();

    /// <summary>A reference that is not Akka's own may throw wherever it is touched, which is no fault of the scheduler's.</summary>
    public void Tell(IActorRef receiver, IActorRef scheduler, object message)
    {
        try
        {
            // Akka's own without a mailbox: who has asked, and those who are nobody. They do not block, and no answer of theirs has to wait
            // for the pool.
            if (receiver is MinimalActorRef && receiver.GetType().Assembly == typeof(MinimalActorRef).Assembly)
            {
                receiver.Tell(message, scheduler);
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
