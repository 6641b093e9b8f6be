using Akka.Actor;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

/// <summary>
/// Runs one pipeline's <c>Run()</c> at a time, on a thread of its own. While it does, no message reaches it: what must reach a running
/// pipeline goes through its handles and their completions.
/// </summary>
internal sealed class PipelineCoordinatorActor(EngineLink engine) : UntypedActor
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
        if (message is PipelineWork pipeline)
            pipeline.Execute(_idle);
        else
            Unhandled(message);
    }
}
