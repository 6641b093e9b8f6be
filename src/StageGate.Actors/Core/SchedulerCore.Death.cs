namespace StageGate.Actors.Core;

/// <content>The engine dies: what has been accepted is counted, and all that is open fails.</content>
internal sealed partial class SchedulerCore
{
    /// <summary>It stands in line and is counted. By itself that decides nothing, which is all that a dying engine does with it.</summary>
    public void LineUp(PipelineEntry pipeline)
    {
        _waitingPipelines.Enqueue(pipeline);
        Move(pipeline, PipelineState.Queued);
    }

    /// <inheritdoc cref="LineUp(PipelineEntry)"/>
    public void LineUp(TaskEntry task)
    {
        _waitingTasks.Enqueue(task);
        Move(task, TaskState.Queued);
    }

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
