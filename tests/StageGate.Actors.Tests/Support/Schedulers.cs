namespace StageGate.Actors.Tests.Support;

internal static class Schedulers
{
    /// <summary>A scheduler with its own actor system.</summary>
    public static Scheduler New(int pipelines = 1, int tasks = 1, params (string Label, decimal Amount)[] resources) =>
        new(Options(pipelines, tasks, resources));

    public static SchedulerOptions Options(int pipelines = 1, int tasks = 1, params (string Label, decimal Amount)[] resources)
    {
        var options = new SchedulerOptions { PipelineParallelism = pipelines, TaskParallelism = tasks };
        foreach (var (label, amount) in resources)
            options.Resources[label] = amount;
        return options;
    }

    /// <summary>Submits a pipeline whose <c>Run()</c> is a lambda.</summary>
    public static PipelineHandle<TResult> Run<TResult>(
        this Scheduler scheduler, Func<IPipelineControls, TResult> script, string? name = null) =>
        scheduler.RunPipeline(new ScriptedPipeline<TResult>(script), name);

    /// <summary>Runs a pipeline to its end and returns its result.</summary>
    public static TResult Result<TResult>(this Scheduler scheduler, Func<IPipelineControls, TResult> script) =>
        scheduler.Run(script).GetResult(Limits.Wait);
}
