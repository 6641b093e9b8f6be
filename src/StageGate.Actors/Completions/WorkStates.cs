namespace StageGate.Actors.Completions;

internal static class WorkStates
{
    public static bool IsTerminal(this TaskState state) => state >= TaskState.Succeeded;

    /// <summary>What <see cref="ReturnWhen.FirstException"/> waits for.</summary>
    public static bool IsFailure(this TaskState state) => state is TaskState.Failed or TaskState.Terminated;

    public static TaskState ToTaskState(this PipelineState state) => state switch
    {
        PipelineState.Queued => TaskState.Queued,
        PipelineState.Running => TaskState.Running,
        PipelineState.Succeeded => TaskState.Succeeded,
        PipelineState.Failed => TaskState.Failed,
        _ => TaskState.Canceled,
    };

    public static PipelineState ToPipelineState(this TaskState state) => state switch
    {
        TaskState.Queued => PipelineState.Queued,
        TaskState.Ready or TaskState.Running => PipelineState.Running,
        TaskState.Succeeded => PipelineState.Succeeded,
        TaskState.Failed or TaskState.Terminated => PipelineState.Failed,
        _ => PipelineState.Canceled,
    };
}
