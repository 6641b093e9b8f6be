using System.Numerics;
using StageGate.Actors.Core;

namespace StageGate.Actors.Tests.Core.Rules;

/// <summary>
/// One thing that was seen of a scheduler: a fact that it was told, what it answered, or what it decided. Work is named by its id.
/// </summary>
internal abstract record Happening
{
    public static Happening Of(Decision decision) => decision switch
    {
        { Kind: DecisionKind.StartPipeline, Pipeline: { } pipeline } => new PipelineStarted(pipeline.Id, pipeline.Slot),
        { Kind: DecisionKind.RunTask, Task: { } task } => new TaskAdmitted(task.Id, task.Slot),
        { Kind: DecisionKind.TerminateTask, Task: { } task } => new TaskToldToEnd(task.Id),
        { Kind: DecisionKind.TerminatePipeline, Pipeline: { } pipeline } => new PipelineToldToEnd(pipeline.Id),
        { Kind: DecisionKind.PublishTask, Task: { State: { } state } task } => new TaskPublished(task.Id, state),
        { Kind: DecisionKind.PublishPipeline, Pipeline: { State: { } state } pipeline } => new PipelinePublished(pipeline.Id, state),
        { Kind: DecisionKind.PublishDrained, Pipeline: { } pipeline } => new DrainedPublished(pipeline.Id),
        _ => throw new ArgumentException($"{decision} is none that a history without waits can come to.", nameof(decision)),
    };
}

internal sealed record PipelineSubmitted(long Pipeline) : Happening;

/// <param name="Task">Its id.</param>
/// <param name="Pipeline">Whose task it is.</param>
/// <param name="Stage">The stage of the pipeline at that time.</param>
/// <param name="Demand">What it needs of each resource, in units of 1e-28.</param>
internal sealed record TaskSubmitted(long Task, long Pipeline, int Stage, params BigInteger[] Demand) : Happening
{
    public override string ToString() =>
        $"TaskSubmitted {{ Task = {Task}, Pipeline = {Pipeline}, Stage = {Stage}, Demand = {string.Join(" ", Demand)} }}";
}

internal sealed record TaskBegun(long Task) : Happening;

/// <summary>The worker has reported how the callable ended.</summary>
internal sealed record TaskReturned(long Task, TaskState Ending) : Happening;

internal sealed record PipelineReturned(long Pipeline, PipelineState Ending) : Happening;

internal sealed record TaskCancelAnswered(long Task, bool Answer) : Happening;

internal sealed record PipelineCancelAnswered(long Pipeline, bool Answer) : Happening;

internal sealed record TerminationAnswered(long Task, bool Answer) : Happening;

internal sealed record ShutdownBegun(bool CancelPendingPipelines) : Happening;

internal sealed record AllToldToEnd : Happening;

internal sealed record Abandoned : Happening;

internal sealed record PipelineStarted(long Pipeline, int Slot) : Happening;

internal sealed record TaskAdmitted(long Task, int Slot) : Happening;

internal sealed record TaskToldToEnd(long Task) : Happening;

internal sealed record PipelineToldToEnd(long Pipeline) : Happening;

internal sealed record TaskPublished(long Task, TaskState State) : Happening;

internal sealed record PipelinePublished(long Pipeline, PipelineState State) : Happening;

internal sealed record DrainedPublished(long Pipeline) : Happening;

/// <summary>All that followed from the last fact has been seen.</summary>
/// <param name="IsDrained">Whether the scheduler says that it is drained.</param>
/// <param name="InUse">
/// What it showed to be in use of each resource. It was looked at before its decisions were carried out: whoever is told of an end
/// finds free what the work held.
/// </param>
internal sealed record Settled(bool IsDrained, params decimal[] InUse) : Happening
{
    public override string ToString() => $"Settled {{ IsDrained = {IsDrained}, InUse = {string.Join(" ", InUse)} }}";
}
