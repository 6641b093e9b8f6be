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
/// <param name="RunningPipelines">The pipelines that have a coordinator, sorted by id.</param>
public sealed record SchedulerSnapshot(
    bool ShutdownStarted,
    bool IsClosed,
    int PipelineParallelism,
    int TaskParallelism,
    PipelineCounts Pipelines,
    TaskCounts Tasks,
    IReadOnlyList<ResourceUsage> Resources,
    IReadOnlyList<RunningPipeline> RunningPipelines)
    : INoSerializationVerificationNeeded, IDeadLetterSuppression;
