namespace StageGate.Actors.Hosting.Configuration;

/// <summary>What options must be like, wherever they come from.</summary>
internal static class OptionsRules
{
    /// <summary>Far beyond what anybody waits for, and within what timers can count.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(7);

    public static IEnumerable<string> Faults(StageGateOptions options, OptionsSource source)
    {
        foreach (var (label, amount) in options.Resources)
        {
            if (string.IsNullOrWhiteSpace(label))
                yield return $"{source.Key(nameof(options.Resources))} has an empty label.";
            else if (amount < 0)
                yield return OptionsSource.Fault(source.Key(nameof(options.Resources), label), amount, "zero or more");
        }

        foreach (var (option, value) in Parallelisms(options).Where(entry => entry.Value < 1))
            yield return OptionsSource.Fault(source.Key(option), value, "1 or more");
        foreach (var (option, id) in Dispatchers(options).Where(entry => string.IsNullOrWhiteSpace(entry.Id)))
            yield return OptionsSource.Fault(source.Key(option), id, "the id of a dispatcher");
        foreach (var (option, time, least) in Times(options).Where(entry => entry.Time < entry.Least || entry.Time > s_longest))
        {
            var from = least == TimeSpan.Zero ? "zero" : "more than zero";
            yield return OptionsSource.Fault(source.Key(option), time, $"from {from} to {s_longest.TotalDays} days");
        }
    }

    public static IEnumerable<(string Option, string Id)> Dispatchers(StageGateOptions options) =>
    [
        (nameof(options.SchedulerDispatcher), options.SchedulerDispatcher),
        (nameof(options.CoordinatorDispatcher), options.CoordinatorDispatcher),
        (nameof(options.WorkerDispatcher), options.WorkerDispatcher),
    ];

    private static IEnumerable<(string Option, int Value)> Parallelisms(StageGateOptions options) =>
    [
        (nameof(options.PipelineParallelism), options.PipelineParallelism),
        (nameof(options.TaskParallelism), options.TaskParallelism ?? 1),
    ];

    private static IEnumerable<(string Option, TimeSpan Time, TimeSpan Least)> Times(StageGateOptions options) =>
    [
        (nameof(options.StopTimeout), options.StopTimeout, TimeSpan.Zero),
        (nameof(options.TerminationGrace), options.TerminationGrace, TimeSpan.Zero),
        (nameof(options.HealthCheckTimeout), options.HealthCheckTimeout, TimeSpan.FromTicks(1)),
        (nameof(options.StuckAfter), options.StuckAfter, TimeSpan.FromTicks(1)),
    ];
}
