using System.Diagnostics;

namespace StageGate.Actors.Core;

/// <summary>
/// The tasks that wait for admission, in the order in which they are admitted: later stage first, then the older pipeline, then
/// the order of submission.
/// </summary>
/// <remarks>
/// A stage queue for each pipeline and stage that has waiting tasks, and a balanced tree of those queues: O(1) for a task whose stage
/// queue stays, O(log q) where one of the q queues comes or goes. A task that is canceled leaves its queue there and then, with all that it
/// captured; there are no tombstones to skip or to compact.
/// </remarks>
internal sealed class TaskQueue
{
    private readonly SortedSet<StageQueue> _waiting = new(AdmissionOrder.Instance);

    public long Count { get; private set; }

    /// <summary>The one task that may be admitted next.</summary>
    public TaskEntry? Head => _waiting.Min?.First;

    public void Enqueue(TaskEntry task)
    {
        var queue = task.Pipeline.LatestQueue;
        Debug.Assert(queue is null || queue.Stage <= task.Stage, "A pipeline went back to an earlier stage.");
        if (queue is null || queue.Stage != task.Stage)
            task.Pipeline.LatestQueue = queue = new StageQueue(task.Pipeline, task.Stage);

        var isNew = queue.First is null;
        queue.Append(task);
        if (isNew)
            _waiting.Add(queue);
        Count++;
    }

    public void Remove(TaskEntry task)
    {
        var queue = task.Queue!;
        queue.Remove(task);
        if (queue.First is null)
            _waiting.Remove(queue);
        Count--;
    }

    /// <summary>Whether one waiting task is admitted before another one. Ids grow within a stage queue.</summary>
    public static bool IsBefore(TaskEntry task, TaskEntry other)
    {
        var order = AdmissionOrder.Instance.Compare(task.Queue, other.Queue);
        return order < 0 || (order == 0 && task.Id < other.Id);
    }

    public IEnumerable<TaskEntry> InOrder()
    {
        foreach (var queue in _waiting)
        {
            foreach (var task in queue.InOrder())
                yield return task;
        }
    }

    private sealed class AdmissionOrder : IComparer<StageQueue>
    {
        public static readonly AdmissionOrder Instance = new();

        public int Compare(StageQueue? x, StageQueue? y)
        {
            var laterStageFirst = y!.Stage.CompareTo(x!.Stage);
            return laterStageFirst != 0 ? laterStageFirst : x.Pipeline.Id.CompareTo(y.Pipeline.Id);
        }
    }
}
