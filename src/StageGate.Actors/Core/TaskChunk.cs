namespace StageGate.Actors.Core;

/// <summary>
/// Some of the tasks of a <see cref="StageQueue"/>, in the order of their submission. A task that leaves leaves a gap, which is closed
/// when the chunk has none left.
/// </summary>
internal sealed class TaskChunk(StageQueue queue, TaskChunk? previous, int size)
{
    private readonly TaskEntry?[] _tasks = new TaskEntry?[size];
    private int _front;
    private int _end;
    private int _count;

    public StageQueue Queue { get; } = queue;

    public TaskChunk? Previous { get; set; } = previous;

    public TaskChunk? Next { get; set; }

    public int Size => _tasks.Length;

    public bool IsFull => _end == _tasks.Length;

    public bool IsEmpty => _count == 0;

    /// <summary>The first of its tasks. There is one.</summary>
    public TaskEntry First
    {
        get
        {
            // Gaps at the front are passed once, so to look costs O(1) for each task that was appended.
            while (_tasks[_front] is null)
                _front++;
            return _tasks[_front]!;
        }
    }

    public void Append(TaskEntry task)
    {
        task.Chunk = this;
        task.Place = _end;
        _tasks[_end++] = task;
        _count++;
    }

    public void Remove(TaskEntry task)
    {
        _tasks[task.Place] = null;
        _count--;
        task.Chunk = null;

        // Empty, it starts again at the front.
        if (_count == 0)
            _front = _end = 0;
    }

    public IEnumerable<TaskEntry> InOrder()
    {
        for (var i = _front; i < _end; i++)
        {
            if (_tasks[i] is { } task)
                yield return task;
        }
    }
}
