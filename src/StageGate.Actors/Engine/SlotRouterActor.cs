using Akka.Actor;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

/// <summary>
/// Tells the actor of a slot that there is work in it, and no other: the core has chosen a slot that is idle, so nothing ever waits
/// behind something else. A routee is made when its slot is first used, and replaced when it dies.
/// </summary>
/// <remarks>
/// No stock router does this: they choose a routee themselves, queue short work behind long work while another routee is idle, and do
/// not replace one that has died.
/// </remarks>
internal sealed class SlotRouterActor(EngineLink engine, Props routee, string routeeName) : EngineActor(engine)
{
    private readonly Dictionary<int, Routee> _routees = [];
    private IActorRef _sentinel = ActorRefs.Nobody;
    private int _made;

    protected override void PreStart() => MakeSentinel();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WorkSlot slot:
                Route(slot);
                break;
            case Terminated terminated when terminated.ActorRef.Equals(_sentinel):
                MakeSentinel();
                break;
            case Terminated terminated:
                Replace(terminated.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void Route(WorkSlot slot)
    {
        if (!_routees.TryGetValue(slot.Number, out var routee))
            _routees.Add(slot.Number, routee = new Routee(MakeRoutee()));

        routee.Latest.SetTarget(slot);
        routee.Actor.Tell(slot);
    }

    /// <summary>
    /// Whatever the dead routee had begun and not reported ends now. What it had not begun, because it died with its message unread, is still
    /// in the slot, and its successor finds it there; to be told of an empty slot does nothing.
    /// </summary>
    private void Replace(IActorRef dead)
    {
        if (_routees.Values.FirstOrDefault(routee => routee.Actor.Equals(dead)) is not { } routee)
            return;

        routee.Actor = MakeRoutee();
        if (!routee.Latest.TryGetTarget(out var latest))
            return;

        latest.ExecutorDied();
        routee.Actor.Tell(latest);
    }

    private void MakeSentinel() => _sentinel = Context.Watch(StopSentinel.Make(Context, Context.Parent));

    // Numbered through: the name of a dead one may not be free yet.
    private IActorRef MakeRoutee() => Context.Watch(Context.ActorOf(routee, $"{routeeName}-{++_made}"));

    private sealed class Routee(IActorRef actor)
    {
        public IActorRef Actor { get; set; } = actor;

        /// <summary>Weak: the core holds what has not ended, and what has ended is its handle's alone.</summary>
        public WeakReference<WorkSlot> Latest { get; } = new(null!);
    }
}
