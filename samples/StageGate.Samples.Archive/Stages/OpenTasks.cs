using StageGate.Actors;

namespace StageGate.Samples.Archive.Stages;

/// <summary>The tasks that a pipeline has submitted, so that another thread can end them all.</summary>
internal sealed class OpenTasks
{
    private readonly Lock _lock = new();
    private readonly List<TaskHandle> _tasks = [];
    private bool _ending;

    /// <summary>All of them; to be looked at only by the thread that adds.</summary>
    public IReadOnlyCollection<TaskHandle> All => _tasks;

    /// <returns>The task.</returns>
    public THandle Add<THandle>(THandle task) where THandle : TaskHandle
    {
        bool ending;
        lock (_lock)
        {
            _tasks.Add(task);
            ending = _ending;
        }

        if (ending)
            task.RequestTermination();
        return task;
    }

    /// <summary>Cancels those that have not begun, signals those that run, and does the same to any that come later.</summary>
    public void RequestTermination()
    {
        TaskHandle[] tasks;
        lock (_lock)
        {
            _ending = true;
            tasks = [.. _tasks];
        }

        foreach (var task in tasks)
            task.RequestTermination();
    }
}
