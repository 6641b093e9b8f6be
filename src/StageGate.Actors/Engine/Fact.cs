using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

internal enum FactKind
{
    PipelineSubmitted,
    TaskSubmitted,
    StageAdvanced,
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
    public static Fact PipelineSubmitted(PipelineWork pipeline) => new(FactKind.PipelineSubmitted, pipeline);

    public static Fact TaskSubmitted(TaskWork task) => new(FactKind.TaskSubmitted, task);

    public static Fact StageAdvanced(PipelineWork pipeline, int stage) => new(FactKind.StageAdvanced, pipeline, stage);

    public static Fact TaskEnded(TaskWork task) => new(FactKind.TaskEnded, task);

    public static Fact PipelineEnded(PipelineWork pipeline) => new(FactKind.PipelineEnded, pipeline);

    public static Fact WaitBegun(IAbandonable waiting) => new(FactKind.WaitBegun, waiting);
}
