namespace StageGate.Actors;

/// <summary>
/// The events in the life of pipelines and tasks. Of one piece of work they come in the order of its life: queued, then started or
/// admitted and started, then ended. Work that is canceled ends without having started, and so does work that was waiting when the
/// scheduler died; the event of its end says so.
/// </summary>
public static class SchedulerEvents
{
    /// <summary>What has become of a pipeline.</summary>
    /// <param name="Timestamp">When it happened, in UTC.</param>
    /// <param name="PipelineId">The id of the pipeline.</param>
    /// <param name="PipelineName">Its name, if it was given one.</param>
    /// <param name="Stage">The stage it has come to; it starts at 0.</param>
    public abstract record PipelineEvent(DateTimeOffset Timestamp, long PipelineId, string? PipelineName, int Stage)
        : SchedulerEvent(Timestamp);

    /// <summary>The pipeline waits for a place.</summary>
    /// <inheritdoc cref="PipelineEvent"/>
    public sealed record PipelineQueued(DateTimeOffset Timestamp, long PipelineId, string? PipelineName, int Stage)
        : PipelineEvent(Timestamp, PipelineId, PipelineName, Stage);

    /// <summary>The pipeline has a place, and its <c>Run()</c> or <c>RunAsync()</c> begins.</summary>
    /// <inheritdoc cref="PipelineEvent"/>
    public sealed record PipelineStarted(DateTimeOffset Timestamp, long PipelineId, string? PipelineName, int Stage)
        : PipelineEvent(Timestamp, PipelineId, PipelineName, Stage);

    /// <summary>The pipeline has moved on to another stage.</summary>
    /// <inheritdoc cref="PipelineEvent"/>
    public sealed record StageAdvanced(DateTimeOffset Timestamp, long PipelineId, string? PipelineName, int Stage)
        : PipelineEvent(Timestamp, PipelineId, PipelineName, Stage);

    /// <summary>The pipeline has ended. Tasks that it did not wait for may end later.</summary>
    /// <param name="Timestamp">When it happened, in UTC.</param>
    /// <param name="PipelineId">The id of the pipeline.</param>
    /// <param name="PipelineName">Its name, if it was given one.</param>
    /// <param name="Stage">The stage it had come to.</param>
    /// <param name="State">How it ended.</param>
    /// <param name="Failure">What its <c>Run()</c> threw, where it failed.</param>
    /// <param name="HadStarted">Whether it had been started before.</param>
    public sealed record PipelineEnded(
        DateTimeOffset Timestamp, long PipelineId, string? PipelineName, int Stage, PipelineState State, Exception? Failure, bool HadStarted)
        : PipelineEvent(Timestamp, PipelineId, PipelineName, Stage);

    /// <summary>What has become of a task.</summary>
    /// <param name="Timestamp">When it happened, in UTC.</param>
    /// <param name="PipelineId">The id of its pipeline.</param>
    /// <param name="PipelineName">The name of its pipeline, if it was given one.</param>
    /// <param name="TaskId">The id of the task.</param>
    /// <param name="TaskName">Its name, if it was given one.</param>
    /// <param name="Stage">The stage in which it was submitted.</param>
    /// <param name="Resources">How much it requires of each resource; what it requires nothing of is left out. Never changes.</param>
    public abstract record TaskEvent(
        DateTimeOffset Timestamp,
        long PipelineId,
        string? PipelineName,
        long TaskId,
        string? TaskName,
        int Stage,
        IReadOnlyDictionary<string, decimal> Resources)
        : SchedulerEvent(Timestamp);

    /// <summary>The task waits for admission.</summary>
    /// <inheritdoc cref="TaskEvent"/>
    public sealed record TaskQueued(
        DateTimeOffset Timestamp,
        long PipelineId,
        string? PipelineName,
        long TaskId,
        string? TaskName,
        int Stage,
        IReadOnlyDictionary<string, decimal> Resources)
        : TaskEvent(Timestamp, PipelineId, PipelineName, TaskId, TaskName, Stage, Resources);

    /// <summary>The task has its resources and a worker.</summary>
    /// <inheritdoc cref="TaskEvent"/>
    public sealed record TaskAdmitted(
        DateTimeOffset Timestamp,
        long PipelineId,
        string? PipelineName,
        long TaskId,
        string? TaskName,
        int Stage,
        IReadOnlyDictionary<string, decimal> Resources)
        : TaskEvent(Timestamp, PipelineId, PipelineName, TaskId, TaskName, Stage, Resources);

    /// <summary>The worker begins the task's callable.</summary>
    /// <inheritdoc cref="TaskEvent"/>
    public sealed record TaskStarted(
        DateTimeOffset Timestamp,
        long PipelineId,
        string? PipelineName,
        long TaskId,
        string? TaskName,
        int Stage,
        IReadOnlyDictionary<string, decimal> Resources)
        : TaskEvent(Timestamp, PipelineId, PipelineName, TaskId, TaskName, Stage, Resources);

    /// <summary>The task has ended, and its resources and its worker are free.</summary>
    /// <param name="Timestamp">When it happened, in UTC.</param>
    /// <param name="PipelineId">The id of its pipeline.</param>
    /// <param name="PipelineName">The name of its pipeline, if it was given one.</param>
    /// <param name="TaskId">The id of the task.</param>
    /// <param name="TaskName">Its name, if it was given one.</param>
    /// <param name="Stage">The stage in which it was submitted.</param>
    /// <param name="Resources">How much it required of each resource; what it required nothing of is left out. Never changes.</param>
    /// <param name="State">How it ended.</param>
    /// <param name="Failure">What its callable threw, where it failed or was terminated.</param>
    /// <param name="HadStarted">Whether its start was told before, or is counted in the snapshot that the subscriber began with.</param>
    public sealed record TaskEnded(
        DateTimeOffset Timestamp,
        long PipelineId,
        string? PipelineName,
        long TaskId,
        string? TaskName,
        int Stage,
        IReadOnlyDictionary<string, decimal> Resources,
        TaskState State,
        Exception? Failure,
        bool HadStarted)
        : TaskEvent(Timestamp, PipelineId, PipelineName, TaskId, TaskName, Stage, Resources);
}
