using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Akka.Actor;

namespace StageGate.Actors.Tests.Support;

/// <summary>An actor in whose name the test writes to schedulers, and whose letters it reads one by one.</summary>
internal sealed class Correspondent
{
    private readonly BlockingCollection<(object Message, IActorRef Sender)> _letters = [];

    public Correspondent(ActorSystem system, string? mailbox = null)
    {
        var props = Props.Create(() => new Box(_letters)).WithDeploy(Deploy.Local);
        Ref = system.ActorOf(mailbox is null ? props : props.WithMailbox(mailbox));
    }

    public IActorRef Ref { get; }

    /// <summary>Who wrote the letter that was read last.</summary>
    public IActorRef LastSender { get; private set; } = ActorRefs.Nobody;

    /// <summary>Whether there is a letter that was not read.</summary>
    public bool HasMail => _letters.Count > 0;

    public void Tell(Scheduler scheduler, object message) => scheduler.ActorRef.Tell(message, Ref);

    public object Next()
    {
        Assert.True(TryNext(out var letter), "No letter came.");
        return letter;
    }

    public bool TryNext([NotNullWhen(true)] out object? letter)
    {
        var hasCome = _letters.TryTake(out var received, Limits.Wait);
        (letter, LastSender) = received;
        return hasCome;
    }

    public T Next<T>() => Assert.IsAssignableFrom<T>(Next());

    public T Ask<T>(Scheduler scheduler, object message)
    {
        Tell(scheduler, message);
        return Next<T>();
    }

    public SchedulerSnapshot Subscribe(Scheduler scheduler) =>
        Ask<SchedulerProtocol.Subscribed>(scheduler, new SchedulerProtocol.Subscribe()).Snapshot;

    /// <summary>The letters up to one of that type, which is left out.</summary>
    public List<object> Until<T>()
    {
        var letters = new List<object>();
        while (Next() is var letter and not T)
            letters.Add(letter);
        return letters;
    }

    /// <summary>All events that this subscriber has been told up to now: an answer comes in one line with them.</summary>
    public List<object> EventsSoFar(Scheduler scheduler)
    {
        Tell(scheduler, SchedulerProtocol.GetSnapshot.Instance);
        return Until<SchedulerSnapshot>();
    }

    private sealed class Box : UntypedActor
    {
        private readonly BlockingCollection<(object Message, IActorRef Sender)> _letters;

        public Box(BlockingCollection<(object Message, IActorRef Sender)> letters) => _letters = letters;

        protected override void OnReceive(object message)
        {
            if (message is IActorRef watched)
                Context.Watch(watched);
            else
                _letters.Add((message, Sender));
        }
    }
}
