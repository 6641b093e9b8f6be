using Akka.Configuration;
using StageGate.Actors.Configuration;

namespace StageGate.Actors;

/// <summary>What a scheduler is made from. Copied when it is made; later changes do nothing.</summary>
public sealed class SchedulerOptions
{
    /// <summary>
    /// How much there is of each abstract resource, by label. Labels are case-sensitive, amounts are zero or more, in a unit of your
    /// choice, and kept exactly.
    /// </summary>
    /// <value>Empty by default: then tasks can require nothing, and only <see cref="TaskParallelism"/> limits them.</value>
    public IDictionary<string, decimal> Resources { get; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>How many pipelines may run at a time; each takes a thread, but for async ones.</summary>
    /// <value>1 or more; 1 by default.</value>
    public int PipelineParallelism { get; set; } = 1;

    /// <summary>How many tasks may be admitted at a time; each takes a thread.</summary>
    /// <value>1 or more; <see langword="null"/>, the default, means 1.</value>
    public int? TaskParallelism { get; set; }

    /// <summary>The id of the dispatcher that the scheduler itself runs on.</summary>
    /// <value><c>stagegate.dispatchers.inline</c> by default; <c>stagegate.dispatchers.pinned</c> is the conservative choice.</value>
    public string SchedulerDispatcher { get; set; } = StageGateConfig.InlineDispatcher;

    /// <summary>The id of the dispatcher that <c>Run()</c> runs on. It must give each actor a thread of its own.</summary>
    /// <value><c>stagegate.dispatchers.coordinator</c> by default.</value>
    public string CoordinatorDispatcher { get; set; } = StageGateConfig.CoordinatorDispatcher;

    /// <summary>The id of the dispatcher that tasks run on. It must give each actor a thread of its own.</summary>
    /// <value><c>stagegate.dispatchers.worker</c> by default.</value>
    public string WorkerDispatcher { get; set; } = StageGateConfig.WorkerDispatcher;

    /// <summary>Where the time of events comes from.</summary>
    /// <value><see cref="TimeProvider.System"/> by default.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Gets the warnings of the scheduler, such as a task that failed with nobody to see it: the text, and what was thrown, if anything was.
    /// Called on the thread pool, by several threads at a time where there are several.
    /// </summary>
    /// <value><see langword="null"/> by default: they go to the log of the actor system.</value>
    public Action<string, Exception?>? OnWarning { get; set; }

    /// <summary>The whole configuration that the options were read from; a scheduler's own actor system starts with it.</summary>
    internal Config? Source { get; private init; }

    /// <summary>
    /// Reads the <c>stagegate</c> section of a configuration; <c>hocon/stagegate.conf</c> documents its keys. What it does not say has the
    /// default. A scheduler that makes its own actor system uses the rest of the configuration for it.
    /// </summary>
    /// <param name="config">The whole configuration, as of an actor system.</param>
    /// <returns>New options, which may be changed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="config"/> is null.</exception>
    /// <exception cref="ArgumentException">A key is unknown, or a value is not what it must be; the message names the key.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range; the message names the key.</exception>
    public static SchedulerOptions FromConfig(Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var section = new ConfigSection(config);
        var options = new SchedulerOptions
        {
            PipelineParallelism = section.Parallelism("pipeline-parallelism"),
            TaskParallelism = section.Parallelism("task-parallelism"),
            SchedulerDispatcher = section.Text("scheduler-dispatcher"),
            CoordinatorDispatcher = section.Text("coordinator-dispatcher"),
            WorkerDispatcher = section.Text("worker-dispatcher"),
            Source = config,
        };
        foreach (var (label, amount) in section.Resources())
            options.Resources.Add(label, amount);
        return options;
    }
}
