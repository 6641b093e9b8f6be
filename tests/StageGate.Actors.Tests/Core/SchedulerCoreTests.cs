using StageGate.Actors.Core;
using StageGate.Actors.Tests.Core.Model;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Core;

public class SchedulerCoreTests
{
    private readonly ResourceCapacities _resources = new([KeyValuePair.Create("cpu", 4m)]);

    [Fact]
    [Guarantee("A2", "A3")]
    public void Where_the_first_task_does_not_fit_nobody_overtakes_it()
    {
        var (core, pipeline) = Core();
        var running = core.Submitted(1, pipeline, 0, Cpu(3));
        var head = core.Submitted(2, pipeline, 0, Cpu(2));
        var small = core.Submitted(3, pipeline, 0, Cpu(1));
        Assert.Equal(["run task 1 on slot 0"], core.TakeDecisions());

        core.End(running, TaskState.Succeeded);

        Assert.Equal(
            ["publish task 1 as Succeeded", "run task 2 on slot 0", "run task 3 on slot 1"],
            core.TakeDecisions());
        Assert.Equal([head, small], core.LiveTasks);
    }

    [Fact]
    [Guarantee("A3")]
    public void A_canceled_head_lets_the_next_task_through_at_once()
    {
        var (core, pipeline) = Core();
        core.Submitted(1, pipeline, 0, Cpu(3));
        var head = core.Submitted(2, pipeline, 0, Cpu(2));
        core.Submitted(3, pipeline, 0, Cpu(1));
        core.TakeDecisions();

        Assert.True(core.Cancel(head));

        Assert.Equal(["publish task 2 as Canceled", "run task 3 on slot 1"], core.TakeDecisions());
    }

    [Fact]
    public void A_task_that_was_admitted_and_not_begun_gives_all_back_when_it_is_canceled()
    {
        var (core, pipeline) = Core();
        var ready = core.Submitted(1, pipeline, 0, Cpu(4));
        core.Submitted(2, pipeline, 0, Cpu(4));
        core.TakeDecisions();

        Assert.True(core.Cancel(ready));

        Assert.False(ready.CanBegin);
        Assert.Equal(["publish task 1 as Canceled", "run task 2 on slot 0"], core.TakeDecisions());
        Assert.False(core.Cancel(ready));
    }

    [Fact]
    public void A_task_that_has_begun_cannot_be_canceled_and_is_signaled_as_often_as_its_termination_is_asked_for()
    {
        var (core, pipeline) = Core();
        var task = core.Submitted(1, pipeline, 0, Cpu(1));
        task.Begin();
        core.TakeDecisions();

        Assert.False(core.Cancel(task));
        Assert.True(core.RequestTermination(task));
        Assert.True(core.RequestTermination(task));
        Assert.Equal(["terminate task 1", "terminate task 1"], core.TakeDecisions());

        core.End(task, TaskState.Terminated);
        Assert.False(core.RequestTermination(task));
        Assert.Equal(["publish task 1 as Terminated"], core.TakeDecisions());
    }

    [Fact]
    [Guarantee("L5")]
    public void An_end_that_is_reported_twice_gives_back_once()
    {
        var (core, pipeline) = Core();
        var first = core.Submitted(1, pipeline, 0, Cpu(2));
        core.Submitted(2, pipeline, 0, Cpu(2));
        core.End(first, TaskState.Succeeded);
        core.TakeDecisions();

        core.End(first, TaskState.Failed);

        Assert.Empty(core.TakeDecisions());
        Assert.Equal(2, core.Snapshot().Resources.Single().InUse);
        Assert.Equal(TaskState.Succeeded, first.State);
    }

    [Fact]
    public void Work_that_was_never_submitted_is_neither_canceled_nor_ended()
    {
        var (core, pipeline) = Core();
        var task = new FakeTask(1, pipeline);
        var stranger = new FakePipeline(7);

        Assert.False(core.Cancel(task));
        Assert.False(core.RequestTermination(task));
        Assert.False(core.CancelPipeline(7));
        core.End(task, TaskState.Succeeded);
        core.End(stranger, PipelineState.Succeeded);

        Assert.Empty(core.TakeDecisions());
        Assert.Null(task.State);
        Assert.Null(stranger.State);
    }

    [Fact]
    public void Shutdown_lets_what_was_accepted_run_and_drains_after_the_last_task()
    {
        var (core, pipeline) = Core();
        var second = new FakePipeline(2);
        core.Submit(second);
        var task = core.Submitted(1, pipeline, 0, Cpu(1));
        core.TakeDecisions();

        core.BeginShutdown(cancelPendingPipelines: false);
        core.End(pipeline, PipelineState.Succeeded);
        core.End(second, PipelineState.Failed);
        Assert.False(core.IsDrained);
        core.End(task, TaskState.Succeeded);

        Assert.True(core.IsDrained);
        Assert.Equal(
            [
                "publish pipeline 1 as Succeeded", "start pipeline 2 on slot 0", "publish pipeline 2 as Failed",
                "publish pipeline 2 as drained", "publish task 1 as Succeeded", "publish pipeline 1 as drained",
            ],
            core.TakeDecisions());
    }

    [Fact]
    public void Shutdown_can_cancel_the_pipelines_that_wait_and_an_idle_scheduler_drains_at_once()
    {
        var (core, pipeline) = Core();
        core.Submit(new FakePipeline(2));
        core.Submit(new FakePipeline(3));
        core.BeginShutdown(cancelPendingPipelines: true);
        core.End(pipeline, PipelineState.Succeeded);

        Assert.Equal(
            [
                "publish pipeline 2 as Canceled", "publish pipeline 2 as drained",
                "publish pipeline 3 as Canceled", "publish pipeline 3 as drained",
                "publish pipeline 1 as Succeeded", "publish pipeline 1 as drained",
            ],
            core.TakeDecisions());

        Assert.True(core.IsDrained);

        var idle = new SchedulerCore(_resources, 1, 1);
        Assert.False(idle.IsDrained);
        idle.BeginShutdown(cancelPendingPipelines: false);
        Assert.True(idle.IsDrained);
    }

    [Fact]
    public void A_snapshot_names_the_admitted_tasks_also_of_a_pipeline_that_has_ended()
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 1, taskParallelism: 2);
        var pipeline = new FakePipeline(1, "books");
        core.Submit(pipeline);
        var running = new FakeTask(1, pipeline, name: "chapter");
        core.Submit(running);
        core.Submit(new FakeTask(2, pipeline));
        core.Submit(new FakeTask(3, pipeline, name: "waits"));
        running.Begin();
        core.End(pipeline, PipelineState.Succeeded);

        var snapshot = core.Snapshot();

        Assert.Empty(snapshot.RunningPipelines);
        Assert.Equal(
            [new AdmittedTask(1, "chapter", 1, "books", IsRunning: true), new AdmittedTask(2, null, 1, "books", IsRunning: false)],
            snapshot.AdmittedTasks);
        Assert.False(snapshot.IsHeadHeldUp);
    }

    private (SchedulerCore Core, FakePipeline Pipeline) Core()
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 1, taskParallelism: 4);
        var pipeline = core.Started(1);
        Assert.Equal(["start pipeline 1 on slot 0"], core.TakeDecisions());
        return (core, pipeline);
    }

    private Demand Cpu(decimal amount) => _resources.Resolve([KeyValuePair.Create("cpu", amount)]);
}
