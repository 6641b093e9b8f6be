namespace StageGate.Actors.Hosting.Stopping;

/// <summary>What a scheduler still has to do, by name, in one line for people to read; nothing: <see langword="null"/>.</summary>
internal static class StillRunning
{
    private const int MostNamed = 50;

    public static string? Describe(SchedulerSnapshot snapshot)
    {
        var named = snapshot.RunningPipelines.Select(Describe).Concat(snapshot.AdmittedTasks.Select(Describe)).ToList();
        var shown = named.Take(MostNamed).ToList();
        if (named.Count > MostNamed)
            shown.Add($"{named.Count - MostNamed} more");
        if (snapshot.Tasks.Queued > 0)
            shown.Add($"{Count(snapshot.Tasks.Queued, "task")} not begun");
        if (snapshot.Pipelines.Queued > 0)
            shown.Add($"{Count(snapshot.Pipelines.Queued, "pipeline")} not begun");
        return shown.Count > 0 ? string.Join(", ", shown) : null;
    }

    private static string Describe(RunningPipeline pipeline) =>
        FormattableString.Invariant($"{Text.Describe("pipeline", pipeline.Id, pipeline.Name)} (stage {pipeline.Stage})");

    private static string Describe(AdmittedTask task) =>
        $"{Text.Describe("task", task.Id, task.Name)} of {Text.Describe("pipeline", task.PipelineId, task.PipelineName)}";

    private static string Count(long count, string kind) => FormattableString.Invariant($"{count} {kind}{(count == 1 ? "" : "s")}");
}
