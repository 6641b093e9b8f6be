using Akka.Actor;
using StageGate.Actors.Core;

namespace StageGate.Actors.Engine.Events;

/// <summary>
/// The actors that the scheduler has to remember: those who wait for its close, and those who have subscribed. Each is watched, so that one
/// that dies, or gives up asking, leaves nothing behind. Used in the scheduler's turn alone.
/// </summary>
/// <remarks>
/// A reference that is not Akka's own may throw wherever it is touched, which is no fault of the scheduler's: it is not remembered.
/// </remarks>
internal sealed class Audience(IActorContext context, EngineLink engine, SchedulerCore core)
{
    private readonly HashSet<Receiver> _closers = [];
    private readonly HashSet<Receiver> _told = [];

    /// <summary>Whether the scheduler was asked to close. It is not taken back when the asker dies.</summary>
    public bool IsCloseAsked { get; private set; }

    public void AddCloser(IActorRef asker)
    {
        IsCloseAsked = true;
        Guard(() =>
        {
            Watch(asker);
            _closers.Add(new Receiver(asker));
        });
    }

    public void TellClosed()
    {
        foreach (var closer in _closers)
        {
            Guard(() =>
            {
                if (_told.Add(closer))
                    engine.TellOutsider(closer.Actor, SchedulerProtocol.SchedulerClosed.Instance);
            });
        }

        _closers.Clear();
    }

    public void Handle(SchedulerProtocol.Subscribe message, IActorRef sender) => Guard(() =>
    {
        if (!TryGetSubscriber(message.Subscriber, sender, nameof(SchedulerProtocol.Subscribe), out var subscriber))
            return;

        Watch(subscriber);
        engine.Events.Subscribe(subscriber, context.Self, core, sender);
    });

    public void Handle(SchedulerProtocol.Unsubscribe message, IActorRef sender) => Guard(() =>
    {
        if (!TryGetSubscriber(message.Subscriber, sender, nameof(SchedulerProtocol.Unsubscribe), out var subscriber))
            return;

        engine.Events.Unsubscribe(subscriber);
        Unwatch(subscriber);
        engine.TellOutsider(sender, SchedulerProtocol.Unsubscribed.Instance);
    });

    /// <summary>One of them has died.</summary>
    public void Forget(IActorRef dead) => Guard(() =>
    {
        _closers.Remove(new Receiver(dead));
        engine.Events.Forget(dead);
    });

    /// <summary>A subscriber's reference has thrown when it was told something, and may throw at whatever it is asked now.</summary>
    public void Handle(ListenerFailed message) => Guard(() =>
    {
        if (engine.Events.TryForget(message.Relay))
            Unwatch(message.Relay.Receiver.Actor);
    });

    private void Guard(Action remember)
    {
        try
        {
            remember();
        }
        catch (Exception exception)
        {
            engine.WarnOutsideTurn(exception, "An actor reference that is not Akka's own threw, and was not remembered.");
        }
    }

    private void Watch(IActorRef outsider)
    {
        // Any other reference than Akka's own cannot be watched, and is remembered until the close.
        if (outsider is IInternalActorRef)
            context.Watch(outsider);
    }

    private void Unwatch(IActorRef subscriber)
    {
        if (!_closers.Contains(new Receiver(subscriber)) && subscriber is IInternalActorRef)
            context.Unwatch(subscriber);
    }

    private bool TryGetSubscriber(IActorRef? named, IActorRef sender, string request, out IActorRef subscriber)
    {
        subscriber = named ?? sender;
        if (!subscriber.IsNobody() && subscriber is not DeadLetterActorRef && !subscriber.Equals(context.Self))
            return true;

        var refusal = named is null
            ? $"{request} came without a sender and names no subscriber."
            : $"{request} names {named} as the subscriber: there is no actor behind it that could receive events.";
        if (sender.IsNobody() || sender is DeadLetterActorRef)
            engine.WarnOutsideTurn(cause: null, refusal);
        else
            engine.TellOutsider(sender, new SchedulerProtocol.SubscriptionRejected(new ArgumentException(refusal)));
        return false;
    }
}
