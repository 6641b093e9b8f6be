namespace StageGate.Actors.Core;

/// <summary>
/// What the core knows of a task. Only the core changes it, except for the two questions at the end, which the runtime answers.
/// </summary>
/// <remarks>
/// <see cref="State"/> is the core's own view: an admitted task is <see cref="TaskState.Ready"/> here until it ends, because a worker
/// begins it without asking the core. Whether it has begun is asked when it matters.
/// </remarks>
internal abstract class TaskEntry(PipelineEntry pipeline, int stage, Demand demand, string? name) : WorkEntry(name)
{
    // One byte, and zero for nothing: there are a great many tasks.
    private byte _state;

    public PipelineEntry Pipeline { get; } = pipeline;

    /// <summary>The stage at the time of submission. It decides the priority for as long as the task waits.</summary>
    public int Stage { get; } = stage;

    public Demand Demand { get; } = demand;

    /// <summary><see langword="null"/> until the core has seen the task.</summary>
    public TaskState? State
    {
        get => _state == 0 ? null : (TaskState)(_state - 1);
        internal set => _state = (byte)((int?)value + 1 ?? 0);
    }

    public sealed override bool HasEnded => State >= TaskState.Succeeded;

    public sealed override bool HasFailed => State is TaskState.Failed or TaskState.Terminated;

    public sealed override bool IsQueued => State == TaskState.Queued;

    public int Slot { get; internal set; } = -1;

    /// <summary>Whether it has what it requires. Only <see cref="ResourceLedger"/> changes it.</summary>
    internal bool HoldsDemand { get; set; }

    internal StageQueue? Queue => Chunk?.Queue;

    /// <summary>Where it waits.</summary>
    internal TaskChunk? Chunk { get; set; }

    /// <summary>Its place in there.</summary>
    internal int Place { get; set; }

    /// <summary>Whether a worker is running the callable of this admitted task.</summary>
    public abstract bool HasBegun { get; }

    /// <summary>
    /// Takes the admitted task back from its worker. Exactly one of the worker that begins it and the core that revokes it wins;
    /// after <see langword="true"/> the callable never runs.
    /// </summary>
    public abstract bool TryRevoke();
}
