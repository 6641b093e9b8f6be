using StageGate.Actors.Completions;

namespace StageGate.Actors.Engine;

/// <summary>
/// Calls code of Akka's that awaits here and there. It goes on where its caller would have, and that may be a thread that is about to block; and it
/// keeps the caller's <see cref="ExecutionContext"/>, for as long as an actor system lives.
/// </summary>
internal static class AkkaCall
{
    /// <summary>Runs it on this thread, as on one of the pool's: with no context, and with the default scheduler.</summary>
    public static T Run<T>(Func<T> call)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            using AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
            if (TaskScheduler.Current == TaskScheduler.Default)
                return call();

            var task = new Task<T>(call);
            task.RunSynchronously(TaskScheduler.Default);
            return Blocking.Await(task);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
