namespace StageGate.Actors.Hosting;

/// <summary>
/// What a scheduler of a host is made from, and how it behaves there. Set in code, or bound from a configuration section whose keys are
/// called like these properties.
/// </summary>
/// <remarks>
/// The keys of a configuration are not case-sensitive, while resource labels are: two labels that differ in case alone cannot both come
/// from a configuration section, and a label is spelled as the section spells it.
/// </remarks>
public sealed class StageGateOptions
{
    /// <inheritdoc cref="SchedulerOptions.Resources"/>
    public IDictionary<string, decimal> Resources => Scheduler.Resources;

    /// <inheritdoc cref="SchedulerOptions.PipelineParallelism"/>
    public int PipelineParallelism
    {
        get => Scheduler.PipelineParallelism;
        set => Scheduler.PipelineParallelism = value;
    }

    /// <inheritdoc cref="SchedulerOptions.TaskParallelism"/>
    public int? TaskParallelism
    {
        get => Scheduler.TaskParallelism;
        set => Scheduler.TaskParallelism = value;
    }

    /// <inheritdoc cref="SchedulerOptions.SchedulerDispatcher"/>
    public string SchedulerDispatcher
    {
        get => Scheduler.SchedulerDispatcher;
        set => Scheduler.SchedulerDispatcher = value;
    }

    /// <inheritdoc cref="SchedulerOptions.CoordinatorDispatcher"/>
    public string CoordinatorDispatcher
    {
        get => Scheduler.CoordinatorDispatcher;
        set => Scheduler.CoordinatorDispatcher = value;
    }

    /// <inheritdoc cref="SchedulerOptions.WorkerDispatcher"/>
    public string WorkerDispatcher
    {
        get => Scheduler.WorkerDispatcher;
        set => Scheduler.WorkerDispatcher = value;
    }

    /// <summary>How long the stop of the host waits for the scheduler's work before it asks what still runs to terminate.</summary>
    /// <value>Zero to seven days; 20 seconds by default.</value>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Whether pipelines that have not begun when the host stops are still run, as far as <see cref="StopTimeout"/> lets them. Otherwise
    /// they are canceled at once. New ones are refused in either case.
    /// </summary>
    /// <value>False by default.</value>
    public bool DrainOnStop { get; set; }

    /// <summary>How long work that was asked to terminate has for its clean-up. The host then goes on stopping without it.</summary>
    /// <remarks>
    /// Where a callable does not end even then, its thread is left behind, and Akka waits for it once more, up to
    /// <c>akka.coordinated-shutdown.phases.actor-system-terminate.timeout</c> (10 seconds by default).
    /// </remarks>
    /// <value>Zero to seven days; 5 seconds by default.</value>
    public TimeSpan TerminationGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a health check waits for the scheduler's answer before it counts as dead.</summary>
    /// <value>More than zero, up to seven days; 3 seconds by default.</value>
    public TimeSpan HealthCheckTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long work that could begin may wait, with nothing else happening, before the scheduler counts as stuck.</summary>
    /// <value>More than zero, up to seven days; 30 seconds by default.</value>
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The part that the scheduler itself is made from.</summary>
    internal SchedulerOptions Scheduler { get; } = new();
}
