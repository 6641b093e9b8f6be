namespace StageGate.Actors.Core;

/// <summary>How many tasks are in each state. The only way to change a count is to move a task from one state to another.</summary>
internal sealed class TaskTally
{
    private readonly long[] _counts = new long[(int)TaskState.Terminated + 1];

    /// <summary>
    /// Tasks that the core has seen and that have not ended. Read by other threads without a lock, and never 0 while there is one, provided that
    /// none is submitted any more: a task goes from Queued to Ready and never back, it is counted there before it is discounted here, and
    /// Queued is read first.
    /// </summary>
    public long Live => this[TaskState.Queued] + this[TaskState.Ready];

    private long this[TaskState state] => Volatile.Read(ref _counts[(int)state]);

    public void Move(TaskState? from, TaskState to)
    {
        Add(to, 1);
        if (from is { } old)
            Add(old, -1);
    }

    private void Add(TaskState state, int change)
    {
        ref var count = ref _counts[(int)state];
        Volatile.Write(ref count, count + change);
    }

    public TaskCounts Counts(long running) => new(
        Queued: this[TaskState.Queued],
        Admitted: this[TaskState.Ready],
        Running: running,
        Succeeded: this[TaskState.Succeeded],
        Failed: this[TaskState.Failed],
        Terminated: this[TaskState.Terminated],
        Canceled: this[TaskState.Canceled]);
}
