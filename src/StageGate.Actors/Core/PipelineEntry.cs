namespace StageGate.Actors.Core;

/// <summary>What the core knows of a pipeline. Only the core changes it.</summary>
/// <remarks>Ids grow in the order of acceptance, so the smaller id is the older pipeline.</remarks>
internal abstract class PipelineEntry : WorkEntry
{
    protected PipelineEntry(long id, string? name)
        : base(name) => Id = id;

    /// <summary><see langword="null"/> until the core has seen the pipeline.</summary>
    public PipelineState? State { get; internal set; }

    public int Stage { get; internal set; }

    public int Slot { get; internal set; } = -1;

    public TaskTally Tasks { get; } = new();

    public sealed override bool HasEnded => State is PipelineState.Succeeded or PipelineState.Failed or PipelineState.Canceled;

    public sealed override bool HasFailed => State == PipelineState.Failed;

    public sealed override bool IsQueued => State == PipelineState.Queued;

    /// <summary>Whether the pipeline and all its tasks have ended.</summary>
    public bool IsDrained => HasEnded && Tasks.Live == 0;

    /// <summary>Where this pipeline's tasks of the latest stage wait.</summary>
    internal StageQueue? LatestQueue { get; set; }

    /// <summary>Taken after the core has seen the pipeline, or after the engine has died before it could.</summary>
    public PipelineSnapshot Snapshot(long runningTasks) =>
        new(Id, Name, State ?? PipelineState.Failed, Stage, Tasks.Counts(runningTasks));
}
