using System.Diagnostics;

namespace StageGate.Actors.Core;

/// <summary>
/// The waiting tasks of one pipeline at one stage, in the order of their submission. Any of them leaves at once, in O(1), and nothing of it
/// is left behind.
/// </summary>
/// <remarks>
/// A list of chunks that grow with the queue. No task refers to its neighbours: a long chain of them would be slow to walk for the garbage
/// collector, and to touch the neighbours is slow where another processor has them.
/// </remarks>
internal sealed class StageQueue(PipelineEntry pipeline, int stage)
{
    private const int SmallestChunk = 4;
    private const int LargestChunk = 128;

    private TaskChunk? _first;
    private TaskChunk? _last;

    public PipelineEntry Pipeline { get; } = pipeline;

    public int Stage { get; } = stage;

    public TaskEntry? First => _first is { IsEmpty: false } chunk ? chunk.First : null;

    public void Append(TaskEntry task)
    {
        Debug.Assert(task.Queue is null, "A task was queued twice.");
        if (_last is not { IsFull: false })
            Grow();
        _last!.Append(task);
    }

    public void Remove(TaskEntry task)
    {
        Debug.Assert(task.Queue == this, "A task was removed from a queue that it is not in.");
        var chunk = task.Chunk!;
        chunk.Remove(task);

        // The only one stays: a queue through which tasks go one by one needs no new one for each.
        if (chunk.IsEmpty && _first != _last)
            Unlink(chunk);
    }

    public IEnumerable<TaskEntry> InOrder()
    {
        for (var chunk = _first; chunk is not null; chunk = chunk.Next)
        {
            foreach (var task in chunk.InOrder())
                yield return task;
        }
    }

    private void Grow()
    {
        var size = _last is null ? SmallestChunk : Math.Min(2 * _last.Size, LargestChunk);
        var chunk = new TaskChunk(this, previous: _last, size);
        if (_last is null)
            _first = chunk;
        else
            _last.Next = chunk;
        _last = chunk;
    }

    private void Unlink(TaskChunk chunk)
    {
        if (chunk.Previous is null)
            _first = chunk.Next;
        else
            chunk.Previous.Next = chunk.Next;

        if (chunk.Next is null)
            _last = chunk.Previous;
        else
            chunk.Next.Previous = chunk.Previous;
    }
}
