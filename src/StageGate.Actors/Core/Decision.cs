namespace StageGate.Actors.Core;

/// <summary>What follows from a fact, for the shell to carry out in this order.</summary>
internal enum DecisionKind
{
    /// <summary>Run the pipeline on its slot.</summary>
    StartPipeline,

    /// <summary>Run the task on its slot.</summary>
    RunTask,

    /// <summary>Tell the running task that its termination is asked for.</summary>
    TerminateTask,

    /// <summary>Tell the running pipeline that its termination is asked for.</summary>
    TerminatePipeline,

    /// <summary>Make the end of the task known. Its resources and its slot are free already.</summary>
    PublishTask,

    /// <summary>Make the end of the pipeline known. Its slot is free already.</summary>
    PublishPipeline,

    /// <summary>Make known that the pipeline and all its tasks have ended.</summary>
    PublishDrained,

    /// <summary>Wake the work whose wait can never end.</summary>
    RefuseWait,
}

/// <param name="Kind">What to do.</param>
/// <param name="Subject">What to do it to: the task, the pipeline, or the wait.</param>
internal readonly record struct Decision(DecisionKind Kind, object Subject)
{
    public TaskEntry Task => (TaskEntry)Subject;

    public PipelineEntry Pipeline => (PipelineEntry)Subject;

    public OpenWait Wait => (OpenWait)Subject;
}
