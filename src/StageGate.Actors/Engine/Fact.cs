using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

internal enum FactKind
{
    PipelineSubmitted,
    TaskSubmitted,
    StageAdvanced,
    TaskStarted,
    TaskEnded,
    PipelineEnded,
    WaitBegun,
}

/// <summary>Something that has happened and that the scheduler has to know.</summary>
/// <param name="Kind">What has happened.</param>
/// <param name="Subject">What it happened to.</param>
/// <param name="Stage">The new stage, where one was reached.</param>
internal readonly record struct Fact(FactKind Kind, IAbandonable Subject, int Stage = 0)
{
    // One more than the ticks: zero is a time too, and a clock may stand there.
    private readonly long _postedBefore;

    /// <summary>The time when it was posted; <see langword="null"/>: nobody was interested.</summary>
    public DateTimeOffset? PostedAt
    {
        get => _postedBefore == 0 ? null : new DateTimeOffset(_postedBefore - 1, TimeSpan.Zero);
        init => _postedBefore = value is { } time ? time.UtcTicks + 1 : 0;
    }

    public static Fact PipelineSubmitted(PipelineWork pipeline) => new(FactKind.PipelineSubmitted, pipeline);

    public static Fact TaskSubmitted(TaskWork task) => new(FactKind.TaskSubmitted, task);

    public static Fact StageAdvanced(PipelineWork pipeline, int stage) => new(FactKind.StageAdvanced, pipeline, stage);

    /// <summary>Posted only where somebody listens to events; the core does without it.</summary>
    public static Fact TaskStarted(TaskWork task) => new(FactKind.TaskStarted, task);

    public static Fact TaskEnded(TaskWork task) => new(FactKind.TaskEnded, task);

    public static Fact PipelineEnded(PipelineWork pipeline) => new(FactKind.PipelineEnded, pipeline);

    public static Fact WaitBegun(IAbandonable waiting) => new(FactKind.WaitBegun, waiting);
}
