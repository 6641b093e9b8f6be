namespace StageGate.Actors.Core;

/// <content>The engine dies: what has been accepted is counted, and all that is open fails.</content>
internal sealed partial class SchedulerCore
{
    /// <summary>The engine dies: all that is open has failed, and nothing starts any more.</summary>
    public void Abandon()
    {
        _lifecycle.BeginShutdown();
        foreach (var task in LiveTasks.ToArray())
            Finish(task, TaskState.Failed);
        foreach (var pipeline in LivePipelines.ToArray())
            Finish(pipeline, PipelineState.Failed);
        Pump();
    }
}
