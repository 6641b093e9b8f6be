namespace StageGate.Actors.Core;

/// <content>What is told of one instant.</content>
internal sealed partial class SchedulerCore
{
    public SchedulerSnapshot Snapshot()
    {
        // Whether a task has begun is asked once: a worker may begin it while we look, and the figures must belong together.
        AdmittedTask[] admitted =
        [
            .. _workers.Occupants.OrderBy(task => task.Id)
                .Select(task => new AdmittedTask(task.Id, task.Name, task.Pipeline.Id, task.Pipeline.Name, task.HasBegun)),
        ];
        return new SchedulerSnapshot(
            _lifecycle.ShutdownStarted,
            IsClosed: false,
            pipelineParallelism,
            taskParallelism,
            _pipelines.Counts(),
            _tasks.Counts(admitted.LongCount(task => task.IsRunning)),
            _ledger.Usage(),
            [.. _coordinators.Occupants.OrderBy(pipeline => pipeline.Id).Select(p => new RunningPipeline(p.Id, p.Name, p.Stage))])
        {
            AdmittedTasks = admitted,
            IsHeadHeldUp = (_coordinators.AnyFree && _waitingPipelines.Head is not null) || (_workers.AnyFree && TryGetAdmissible(out _)),
        };
    }

    public PipelineSnapshot Snapshot(PipelineEntry pipeline) =>
        pipeline.Snapshot(_workers.Occupants.LongCount(task => task.Pipeline == pipeline && task.HasBegun));
}
