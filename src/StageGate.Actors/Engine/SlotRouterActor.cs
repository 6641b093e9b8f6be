using Akka.Actor;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

/// <summary>
/// Sends each piece of work to the actor of its slot, and to no other: the core has chosen a slot that is idle, so nothing ever waits
/// behind something else. A routee is made when its slot is first used, and replaced when it dies.
/// </summary>
/// <remarks>
/// No stock router does this: they choose a routee themselves, queue short work behind long work while another routee is idle, and do
/// not replace one that has died.
/// </remarks>
internal sealed class SlotRouterActor(Props routee, string routeeName) : UntypedActor
{
    private readonly Dictionary<int, Routee> _routees = [];
    private IActorRef _sentinel = ActorRefs.Nobody;
    private int _made;

    protected override void PreStart() => MakeSentinel();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ISlotAddressed work:
                Route(work);
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

    private void Route(ISlotAddressed work)
    {
        if (!_routees.TryGetValue(work.Slot, out var routee))
            _routees.Add(work.Slot, routee = new Routee(MakeRoutee()));

        routee.Latest.SetTarget(work);
        routee.Actor.Tell(work);
    }

    /// <summary>
    /// Whatever the dead routee had begun and not reported ends now. What it had not begun, because it died with it unread, goes to its
    /// successor; work that has ended or begun before ignores being sent again.
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
        public WeakReference<ISlotAddressed> Latest { get; } = new(null!);
    }
}
