namespace StageGate.Actors.Completions;

/// <summary>
/// The only place that blocks a thread on a <see cref="Task"/>. It is safe on any thread, also on the last one of a thread pool and
/// under a <see cref="SynchronizationContext"/>: a blocked wait is released by the very thread that completes the task, without a
/// continuation that would need a thread of its own.
/// </summary>
internal static class Blocking
{
#pragma warning disable RS0030 // The named exception to the ban on blocking.
    /// <summary>True: the task has ended, in whatever way. False: the time is up.</summary>
    public static bool Wait(Task task, Deadline deadline)
    {
        while (!task.IsCompleted)
        {
            var wait = deadline.NextWait;
            if (wait == TimeSpan.Zero)
                return false;

            try
            {
                task.Wait(wait ?? Timeout.InfiniteTimeSpan);
            }
            catch (AggregateException)
            {
                return true;
            }
        }

        return true;
    }

    /// <summary>Waits for a task, and returns or throws what it ended with.</summary>
    public static TResult Await<TResult>(Task<TResult> task) => task.GetAwaiter().GetResult();

    /// <inheritdoc cref="Await{TResult}(Task{TResult})"/>
    public static void Await(Task task) => task.GetAwaiter().GetResult();
#pragma warning restore RS0030
}
