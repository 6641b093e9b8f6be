using Akka.Configuration;

namespace StageGate.Actors.Configuration;

/// <summary>Options that were checked, and copied so that nobody changes them any more.</summary>
internal sealed record SchedulerSettings(
    IReadOnlyList<KeyValuePair<string, decimal>> Resources,
    int PipelineParallelism,
    int TaskParallelism,
    string SchedulerDispatcher,
    string CoordinatorDispatcher,
    string WorkerDispatcher,
    TimeProvider TimeProvider,
    Action<string, Exception?>? OnWarning,
    Config? Source)
{
    /// <exception cref="ArgumentException">An option is not what it must be; the message names it.</exception>
    public static SchedulerSettings From(SchedulerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var resources = options.Resources.ToArray();
        foreach (var (label, capacity) in resources)
        {
            if (string.IsNullOrWhiteSpace(label))
                throw new ArgumentException("A label in SchedulerOptions.Resources is empty.", nameof(options));
            if (capacity < 0)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(options), capacity, $"SchedulerOptions.Resources[{Text.Quote(label)}] must not be negative.");
            }
        }

        return new SchedulerSettings(
            resources,
            Parallelism(options.PipelineParallelism, nameof(options.PipelineParallelism)),
            Parallelism(options.TaskParallelism ?? 1, nameof(options.TaskParallelism)),
            Dispatcher(options.SchedulerDispatcher, nameof(options.SchedulerDispatcher)),
            Dispatcher(options.CoordinatorDispatcher, nameof(options.CoordinatorDispatcher)),
            Dispatcher(options.WorkerDispatcher, nameof(options.WorkerDispatcher)),
            options.TimeProvider ?? throw new ArgumentNullException(
                $"options.{nameof(options.TimeProvider)}", $"SchedulerOptions.{nameof(options.TimeProvider)} must not be null."),
            options.OnWarning,
            options.Source);
    }

    private static int Parallelism(int value, string option) => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException($"options.{option}", value, $"SchedulerOptions.{option} must be 1 or more.");

    private static string Dispatcher(string id, string option) => !string.IsNullOrWhiteSpace(id)
        ? id
        : throw new ArgumentException($"SchedulerOptions.{option} is empty; it must be the id of a dispatcher.", $"options.{option}");
}
