using Akka.Actor;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

/// <summary>Runs one task's callable at a time, on a thread of its own, in a synchronous handler.</summary>
internal sealed class WorkerActor(EngineLink engine) : UntypedActor
{
    private ExecutionContext _idle = null!;

    protected override void PreStart()
    {
        // The thread was started without the context of whoever caused it, so this one is empty.
        _idle = ExecutionContext.Capture()!;
        engine.Threads.Add(Context.Dispatcher);
    }

    protected override void OnReceive(object message)
    {
        if (message is WorkerSlot slot)
            slot.Execute(_idle);
        else
            Unhandled(message);
    }
}
