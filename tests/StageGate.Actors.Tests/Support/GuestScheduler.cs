namespace StageGate.Actors.Tests.Support;

/// <summary>A scheduler of tasks with one thread of its own, as those of actors and of user interfaces are.</summary>
internal sealed class GuestScheduler : TaskScheduler
{
    private int _queued;

    /// <summary>How many tasks it was given, besides those that <see cref="Run"/> began.</summary>
    public int Queued => Volatile.Read(ref _queued);

    /// <summary>Runs the code as a task of this scheduler, on a thread of its own.</summary>
    public static Task<T> Run<T>(GuestScheduler guest, Func<T> code) => Bounded.OnOwnThread(() =>
    {
        var task = new Task<T>(code);
        task.RunSynchronously(guest);
        return task.GetAwaiter().GetResult();
    });

    /// <summary>Nobody comes to it: the only thread is busy.</summary>
    protected override void QueueTask(Task task) => Interlocked.Increment(ref _queued);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
