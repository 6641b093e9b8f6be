using Akka.Actor;
using Akka.Event;

namespace StageGate.Actors.Engine;

/// <summary>Any of the scheduler's actors. Those who listen to what they did not understand may throw or block, and are told elsewhere.</summary>
internal abstract class EngineActor(EngineLink engine) : UntypedActor
{
    protected EngineLink Engine => engine;

    protected sealed override void Unhandled(object message) =>
        engine.Outsiders.Notify(new UnhandledMessage(message, Sender, Self));
}
