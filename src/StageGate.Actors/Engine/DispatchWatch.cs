using Akka.Actor;
using Akka.Event;

namespace StageGate.Actors.Engine;

/// <summary>
/// Learns that a dispatcher threw when it was to run an actor of the engine. Akka keeps that from the sender and tells the event stream alone;
/// the actor is marked as about to run, so it is never handed to its dispatcher again, gets no message any more, and cannot even stop.
/// </summary>
/// <remarks>Not an actor: it is told on the thread of the sender, and keeps nothing of the errors of others that it is told of as well.</remarks>
internal sealed class DispatchWatch : MinimalActorRef
{
    private readonly EngineLink _engine;
    private readonly IActorRef _root;
    private readonly EventStream _stream;
    private readonly string _descendants;

    public DispatchWatch(EngineLink engine, IActorContext root)
    {
        _engine = engine;
        _root = root.Self;
        _stream = root.System.EventStream;
        _descendants = $"[{_root.Path}/";
        Path = _root.Path / "dispatch-watch";
        Provider = ((ExtendedActorSystem)root.System).Provider;
        _stream.Subscribe(this, typeof(Error));
    }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider { get; }

    public void End() => _stream.Unsubscribe(this, typeof(Error));

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is Error { Cause: { } cause } error && IsOurs(error))
            _engine.OnActorLost(_root, cause, isScheduler: error.LogClass == typeof(SchedulerActor));
    }

    /// <summary>Akka names the parent of the actor, and the type of the actor. Nobody else says so of these types.</summary>
    private bool IsOurs(Error error) =>
        error.LogClass.Assembly == typeof(DispatchWatch).Assembly
        && (error.LogSource == _root.ToString() || error.LogSource.StartsWith(_descendants, StringComparison.Ordinal));
}
