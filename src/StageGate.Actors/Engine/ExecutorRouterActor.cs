using Akka.Actor;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

/// <summary>
/// Calls the actor of an executor, and no other: one that is idle was chosen, so nothing ever waits behind something else. A routee is made when its
/// executor is first called, and replaced when it dies.
/// </summary>
/// <remarks>
/// No stock router does this: they choose a routee themselves, queue short work behind long work while another routee is idle, and do
/// not replace one that has died.
/// </remarks>
internal sealed class ExecutorRouterActor(EngineLink engine, Props routee, string routeeName) : EngineActor(engine)
{
    private readonly Dictionary<Executor, IActorRef> _routees = [];
    private IActorRef _sentinel = ActorRefs.Nobody;
    private int _made;

    protected override void PreStart() => MakeSentinel();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Executor executor:
                Route(executor);
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

    private void Route(Executor executor)
    {
        if (!_routees.TryGetValue(executor, out var routee))
            _routees.Add(executor, routee = MakeRoutee());

        routee.Tell(executor);
    }

    /// <summary>
    /// Whatever the dead routee had begun and not reported ends now. Its successor comes uncalled: the dead one may have been called and not have read
    /// it.
    /// </summary>
    private void Replace(IActorRef dead)
    {
        foreach (var (executor, routee) in _routees)
        {
            if (!routee.Equals(dead))
                continue;

            _routees[executor] = MakeRoutee();
            executor.ActorDied();
            Route(executor);
            return;
        }
    }

    private void MakeSentinel() => _sentinel = Context.Watch(StopSentinel.Make(Context, Context.Parent));

    // Numbered through: the name of a dead one may not be free yet.
    private IActorRef MakeRoutee() => Context.Watch(Context.ActorOf(routee, $"{routeeName}-{++_made}"));
}
