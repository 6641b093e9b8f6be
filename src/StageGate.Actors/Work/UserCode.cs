using StageGate.Actors.Core;

namespace StageGate.Actors.Work;

/// <summary>Runs user code on a thread of the scheduler's, and takes the thread back as it was.</summary>
internal static class UserCode
{
    [ThreadStatic]
    private static WorkEntry? s_current;

    /// <summary>The work whose user code this thread executes. Code that goes on elsewhere after an <c>await</c> is not known.</summary>
    public static WorkEntry? Current => s_current;

    /// <summary>The pipeline of that work, or which it is.</summary>
    public static PipelineWork? CurrentPipeline => s_current switch
    {
        TaskWork task => task.Owner,
        PipelineWork pipeline => pipeline,
        _ => null,
    };

    /// <param name="work">The work that it belongs to.</param>
    /// <param name="context">The context to run in.</param>
    /// <param name="code">The code. It throws nothing.</param>
    /// <param name="state">What it works on.</param>
    public static void Run(WorkEntry work, ExecutionContext context, ContextCallback code, object state)
    {
        var outer = s_current;
        s_current = work;

        // The context ends with the code, and with it every AsyncLocal and culture that the code has set.
        SynchronizationContext.SetSynchronizationContext(null);
        ExecutionContext.Run(context, code, state);
        SynchronizationContext.SetSynchronizationContext(null);
        s_current = outer;
        LeftInterrupt.Forget();
    }
}
