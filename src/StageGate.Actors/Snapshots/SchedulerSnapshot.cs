using Akka.Actor;
using Akka.Event;

namespace StageGate.Actors;

/// <summary>One scheduler at one instant: all the figures belong together.</summary>
/// <param name="ShutdownStarted">Whether new pipelines are refused.</param>
/// <param name="IsClosed">Whether all work has ended and the actors have stopped.</param>
/// <param name="PipelineParallelism">How many pipelines may run at a time.</param>
/// <param name="TaskParallelism">How many tasks may be admitted at a time.</param>
/// <param name="Pipelines">How many pipelines are in each state.</param>
/// <param name="Tasks">How many tasks are in each state.</param>
/// <param name="Resources">The use of each resource, sorted by label (ordinal).</param>
/// <param name="RunningPipelines">The pipelines that have a place, sorted by id.</param>
public sealed record SchedulerSnapshot(
    bool ShutdownStarted,
    bool IsClosed,
    int PipelineParallelism,
    int TaskParallelism,
    PipelineCounts Pipelines,
    TaskCounts Tasks,
    IReadOnlyList<ResourceUsage> Resources,
    IReadOnlyList<RunningPipeline> RunningPipelines)
    : INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    /// <summary>The tasks that hold a worker, also those whose pipeline has ended, sorted by id.</summary>
    public IReadOnlyList<AdmittedTask> AdmittedTasks { get; init; } = [];

    /// <summary>
    /// Whether the first in one of the two lines waits although nothing keeps it: there is a place for it, and all that it requires is
    /// free. Each transition ends with all started that may start, so this is never so in a scheduler that works as it should; a health
    /// check may look at it.
    /// </summary>
    public bool IsHeadHeldUp { get; init; }
}
