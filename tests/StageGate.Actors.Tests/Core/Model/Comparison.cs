using StageGate.Actors.Core;

namespace StageGate.Actors.Tests.Core.Model;

internal static class Comparison
{
    /// <summary>Everything that the scheduler shows of itself is what the model says.</summary>
    public static void AssertAlike(SchedulerModel model, SchedulerCore core, History history, Func<long, PipelineEntry> pipelines)
    {
        var snapshot = core.Snapshot();
        Assert.Equal(history.PipelineParallelism, snapshot.PipelineParallelism);
        Assert.Equal(history.TaskParallelism, snapshot.TaskParallelism);
        Assert.Equal(model.ShutdownStarted, snapshot.ShutdownStarted);
        Assert.Equal(model.IsDrained, core.IsDrained);
        Assert.Equal(Counts(model.Tasks), snapshot.Tasks);
        Assert.Equal(Counts(model.Pipelines), snapshot.Pipelines);
        Assert.Equal(
            model.Running.OrderBy(pipeline => pipeline.Id).Select(p => new RunningPipeline(p.Id, pipelines(p.Id).Name, p.Stage)),
            snapshot.RunningPipelines);
        Assert.Equal(model.Admitted.Select(task => task.Id).Order(), snapshot.AdmittedTasks.Select(task => task.Id));
        Assert.Equal(snapshot.Tasks.Running, snapshot.AdmittedTasks.Count(task => task.IsRunning));
        Assert.False(snapshot.IsHeadHeldUp);
        AssertUsage(model, snapshot, history);

        Assert.Equal(model.Admitted.Concat(model.Waiting).Select(task => task.Id), core.LiveTasks.Select(task => task.Id));
        Assert.Equal(model.Running.Concat(model.Queued).Select(pipeline => pipeline.Id), core.LivePipelines.Select(p => p.Id));
        foreach (var pipeline in model.Pipelines)
        {
            var tasks = Counts(model.Tasks.Where(task => task.Pipeline == pipeline));
            var entry = pipelines(pipeline.Id);
            Assert.Equal(new PipelineSnapshot(pipeline.Id, entry.Name, pipeline.State, pipeline.Stage, tasks), core.Snapshot(entry));
        }
    }

    private static void AssertUsage(SchedulerModel model, SchedulerSnapshot snapshot, History history)
    {
        Assert.Equal(history.Capacities, snapshot.Resources.Select(usage => usage.Capacity));
        for (var i = 0; i < history.Capacities.Length; i++)
        {
            var usage = snapshot.Resources[i];
            Assert.Equal($"r{i}", usage.Label);
            Assert.True(Exact.IsRounded(usage.InUse, model.InUse(i)), $"{usage.InUse} of {usage.Label} in use, not {model.InUse(i)}e-28");
            Assert.InRange(usage.InUse, 0, usage.Capacity);
        }
    }

    public static TaskCounts Counts(IEnumerable<ModelTask> tasks)
    {
        var states = tasks.ToLookup(task => task.State);
        return new TaskCounts(
            Queued: states[TaskState.Queued].Count(),
            Admitted: states[TaskState.Ready].Count() + states[TaskState.Running].Count(),
            Running: states[TaskState.Running].Count(),
            Succeeded: states[TaskState.Succeeded].Count(),
            Failed: states[TaskState.Failed].Count(),
            Terminated: states[TaskState.Terminated].Count(),
            Canceled: states[TaskState.Canceled].Count());
    }

    public static PipelineCounts Counts(IEnumerable<ModelPipeline> pipelines)
    {
        var states = pipelines.ToLookup(pipeline => pipeline.State);
        return new PipelineCounts(
            Queued: states[PipelineState.Queued].Count(),
            Running: states[PipelineState.Running].Count(),
            Succeeded: states[PipelineState.Succeeded].Count(),
            Failed: states[PipelineState.Failed].Count(),
            Canceled: states[PipelineState.Canceled].Count());
    }
}
