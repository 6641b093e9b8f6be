using System.Diagnostics;

namespace StageGate.Actors.Core;

/// <summary>
/// The waiting tasks of one pipeline at one stage, in the order of their submission. The links run through the tasks themselves,
/// so any of them leaves at once, in O(1), and nothing is left behind.
/// </summary>
internal sealed class StageQueue(PipelineEntry pipeline, int stage)
{
    public PipelineEntry Pipeline { get; } = pipeline;

    public int Stage { get; } = stage;

    public TaskEntry? First { get; private set; }

    public TaskEntry? Last { get; private set; }

    public void Append(TaskEntry task)
    {
        Debug.Assert(task.Queue is null, "A task was queued twice.");
        task.Queue = this;
        task.Previous = Last;
        if (Last is null)
            First = task;
        else
            Last.Next = task;
        Last = task;
    }

    public void Remove(TaskEntry task)
    {
        Debug.Assert(task.Queue == this, "A task was removed from a queue that it is not in.");
        if (task.Previous is null)
            First = task.Next;
        else
            task.Previous.Next = task.Next;

        if (task.Next is null)
            Last = task.Previous;
        else
            task.Next.Previous = task.Previous;

        // Unlinked, so that an ended task keeps none of its former neighbours alive.
        task.Queue = null;
        task.Previous = null;
        task.Next = null;
    }
}
