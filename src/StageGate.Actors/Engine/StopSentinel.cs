using Akka.Actor;
using StageGate.Actors.Configuration;

namespace StageGate.Actors.Engine;

/// <summary>
/// Tells the root that its parent is being stopped. The parent itself cannot: it stops after its children, one of which may be blocked in
/// user code for ever. This child is told at the same time as the others, and stops at once.
/// </summary>
internal sealed class StopSentinel(IActorRef root) : UntypedActor
{
    public static IActorRef Make(IActorContext parent, IActorRef root) =>
        parent.ActorOf(RootActor.Local(() => new StopSentinel(root), StageGateConfig.RouterDispatcher));

    protected override void OnReceive(object message) => Unhandled(message);

    protected override void PostStop()
    {
        // Where it is this child alone that somebody has stopped, the parent makes another one.
        if (Context.Parent is ActorRefWithCell { Underlying: ActorCell { ChildrenContainer.IsTerminating: true } })
            root.Tell(StopEngine.Instance);
    }
}
