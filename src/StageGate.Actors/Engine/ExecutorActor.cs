using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

/// <summary>
/// Runs what one <see cref="Executor"/> takes, on a thread of its own, in a synchronous handler. While it does, no message reaches it: what must reach
/// running work goes through its handle and its completion.
/// </summary>
internal abstract class ExecutorActor(EngineLink engine) : EngineActor(engine)
{
    private ExecutionContext _idle = null!;

    protected sealed override void PreStart()
    {
        // The thread was started without the context of whoever caused it, so this one is empty.
        _idle = ExecutionContext.Capture()!;
        Engine.Threads.Add(Context.Dispatcher);
    }

    protected sealed override void OnReceive(object message)
    {
        if (message is Executor executor)
            executor.Come(_idle);
        else
            Unhandled(message);
    }
}
