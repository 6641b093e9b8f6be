namespace StageGate.Actors.Tests.Support;

/// <summary>Runs what it is given on the thread that gives it.</summary>
internal sealed class HastyScheduler : TaskScheduler
{
    protected override void QueueTask(Task task) => TryExecuteTask(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
