using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

public class SnapshotTests
{
    [Fact]
    public void A_new_scheduler_has_seen_nothing()
    {
        using var scheduler = Schedulers.New(2, 3, ("cpu", 4));

        var snapshot = scheduler.Snapshot();

        Assert.Equal((false, false), (snapshot.ShutdownStarted, snapshot.IsClosed));
        Assert.Equal((2, 3), (snapshot.PipelineParallelism, snapshot.TaskParallelism));
        Assert.Equal(new PipelineCounts(0, 0, 0, 0, 0), snapshot.Pipelines);
        Assert.Equal(new TaskCounts(0, 0, 0, 0, 0, 0, 0), snapshot.Tasks);
        Assert.Equal([new ResourceUsage("cpu", 4, 0)], snapshot.Resources);
        Assert.Empty(snapshot.RunningPipelines);
    }

    [Fact]
    [Guarantee("V2")]
    public void It_counts_every_state_of_tasks()
    {
        using var scheduler = Schedulers.New(tasks: 1, resources: ("cpu", 2));
        using var asked = new Gate();
        using var running = new Gate();
        var pipeline = scheduler.Run(c =>
        {
            var succeeds = c.NewTask(() => { });
            TaskHandle[] ended = [succeeds.Run(), succeeds.Run(), c.NewTask(() => throw new InvalidDataException()).Run()];
            var terminated = c.NewTask(ct => { asked.Pass(); ct.ThrowIfCancellationRequested(); }).Run();
            asked.WaitUntilEntered();
            terminated.RequestTermination();
            asked.Open();
            c.Wait([terminated, .. ended], Limits.Wait);
            c.NewTask(running.Pass).Requires("cpu", 1.5m).Run();
            c.NewTask(() => { }).Run().Cancel();
            c.StageForward();
            c.NewTask(() => { }).Run();
            c.NewTask(() => { }).Run();
            return 0;
        }, "counted");
        pipeline.GetResult(Limits.Wait);
        running.WaitUntilEntered();

        var expected = new TaskCounts(Queued: 2, Admitted: 1, Running: 1, Succeeded: 2, Failed: 1, Terminated: 1, Canceled: 1);
        Assert.Equal(expected, scheduler.Snapshot().Tasks);
        Assert.Equal(8, expected.Total);
        Assert.Equal([new ResourceUsage("cpu", 2, 1.5m)], scheduler.Snapshot().Resources);
        Assert.Equal(0.5m, scheduler.Snapshot().Resources[0].Available);
        Assert.Equal(new PipelineSnapshot(1, "counted", PipelineState.Succeeded, 1, expected), pipeline.Snapshot());
    }

    [Fact]
    [Guarantee("V2")]
    public void It_counts_every_state_of_pipelines_and_names_the_running_ones_by_id()
    {
        using var scheduler = Schedulers.New(pipelines: 3);
        using var first = new Gate();
        using var second = new Gate();
        scheduler.Run(_ => 0).GetResult(Limits.Wait);
        Assert.NotNull(scheduler.Run<int>(_ => throw new InvalidDataException()).GetException(Limits.Wait));
        var early = scheduler.Run(_ => { first.Pass(); return 0; }, "early");
        scheduler.Run(c => { c.StageForward(); c.StageForward(); second.Pass(); return 0; }, "late");
        scheduler.Run(_ => { second.Pass(); return 0; });
        var queued = scheduler.Run(_ => { second.Pass(); return 0; }, "next");
        var canceled = scheduler.Run(_ => 0);
        scheduler.Run(_ => 0);
        Assert.True(canceled.Cancel());
        second.WaitUntilEntered();
        first.WaitUntilEntered();
        Assert.Equal(new PipelineSnapshot(6, "next", PipelineState.Queued, 0, new TaskCounts(0, 0, 0, 0, 0, 0, 0)), queued.Snapshot());
        first.Open();
        early.GetResult(Limits.Wait);

        var snapshot = scheduler.Snapshot();

        Assert.Equal(new PipelineCounts(Queued: 1, Running: 3, Succeeded: 2, Failed: 1, Canceled: 1), snapshot.Pipelines);
        Assert.Equal(8, snapshot.Pipelines.Total);
        Assert.Equal([4L, 5L, 6L], snapshot.RunningPipelines.Select(pipeline => pipeline.Id));
        Assert.Equal(["late", null, "next"], snapshot.RunningPipelines.Select(pipeline => pipeline.Name));
        Assert.Equal(PipelineState.Canceled, canceled.Snapshot().State);
    }

    [Fact]
    public void It_shows_the_stage_to_which_a_running_pipeline_has_come()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var pipeline = scheduler.Run(c => { c.StageForward(); c.StageForward(); gate.Pass(); return 0; }, "staged");
        gate.WaitUntilEntered();

        Assert.Equal([new RunningPipeline(1, "staged", 2)], scheduler.Snapshot().RunningPipelines);
        Assert.Equal(2, pipeline.Snapshot().Stage);
        Assert.Equal(PipelineState.Running, pipeline.Snapshot().State);
        gate.Open();
        pipeline.GetResult(Limits.Wait);
        Assert.Equal(2, pipeline.Snapshot().Stage);
    }

    [Fact]
    public void Resources_are_sorted_by_label_in_ordinal_order()
    {
        using var scheduler = Schedulers.New(resources: [("b", 1), ("a", 1), ("Z", 1), ("\u00e4", 1), ("a-b", 1)]);

        Assert.Equal(["Z", "a", "a-b", "b", "\u00e4"], scheduler.Snapshot().Resources.Select(usage => usage.Label));
    }

    [Fact]
    [Guarantee("V1")]
    public void Whoever_sees_a_task_ended_finds_nothing_held_by_it()
    {
        using var scheduler = Schedulers.New(resources: ("cpu", 1));

        scheduler.Result(c =>
        {
            for (var i = 0; i < 500; i++)
            {
                var task = c.NewTask(() => { }).Requires("cpu", 1).Run();
                if (i % 2 == 0)
                    task.GetResult(Limits.Wait);
                else
                    Assert.True(SpinWait.SpinUntil(() => task.IsDone, Limits.Wait));
                var snapshot = scheduler.Snapshot();
                Assert.Equal(new TaskCounts(0, 0, 0, i + 1, 0, 0, 0), snapshot.Tasks);
                Assert.Equal(0, snapshot.Resources[0].InUse);
            }

            return 0;
        });
    }

    [Fact]
    [Guarantee("L1", "V2")]
    public void Under_load_each_is_one_consistent_instant()
    {
        using var scheduler = Schedulers.New(pipelines: 2, tasks: 3, resources: ("cpu", 5));
        var work = Enumerable.Range(0, 4).Select(_ => scheduler.Run(c =>
        {
            var handles = new List<TaskHandle>();
            for (var i = 0; i < 500; i++)
            {
                handles.Add(c.NewTask(() => { if (i % 7 == 0) throw new InvalidDataException(); }).Requires("cpu", 1.5m).Run());
                if (i % 5 == 0)
                    handles[^1].Cancel();
                if (i % 100 == 0)
                    c.StageForward();
            }

            return c.Wait(handles).Done.Count;
        })).ToArray();
        var last = scheduler.Snapshot();

        while (!work.All(pipeline => pipeline.IsDone))
        {
            var now = scheduler.Snapshot();
            Assert.InRange(now.Tasks.Admitted, 0, 3);
            Assert.InRange(now.Tasks.Running, 0, now.Tasks.Admitted);
            Assert.Equal(now.Tasks.Admitted * 1.5m, now.Resources[0].InUse);
            Assert.Equal(now.Pipelines.Running, now.RunningPipelines.Count);
            Assert.Equal(4, now.Pipelines.Total);
            Assert.InRange(now.Tasks.Total, last.Tasks.Total, 2000);
            Assert.InRange(now.Tasks.Succeeded, last.Tasks.Succeeded, 2000);
            last = now;
        }

        Assert.All(work, pipeline => Assert.Equal(500, pipeline.GetResult()));
        var end = scheduler.Snapshot();
        Assert.Equal((2000L, 0L, 0L), (end.Tasks.Total, end.Tasks.Queued, end.Tasks.Admitted));
        Assert.Equal(end.Tasks, Sum(work.Select(pipeline => pipeline.Snapshot().Tasks)));
    }

    [Fact]
    [Guarantee("V2")]
    public void It_is_a_value_that_does_not_change()
    {
        using var scheduler = Schedulers.New();
        var before = scheduler.Snapshot();
        var pipeline = scheduler.Run(_ => 1);
        pipeline.GetResult(Limits.Wait);

        Assert.Equal(0, before.Pipelines.Total);
        Assert.Equal(1, scheduler.Snapshot().Pipelines.Total);
    }

    [Fact]
    [Guarantee("V3")]
    public void It_does_not_wait_for_user_code_and_may_be_taken_inside_it()
    {
        using var scheduler = Schedulers.New(tasks: 2);
        using var gate = new Gate();

        var (inRun, inTask) = scheduler.Result(c =>
        {
            c.NewTask(gate.Pass).Run();
            gate.WaitUntilEntered();
            return (scheduler.Snapshot(), c.NewTask(scheduler.Snapshot).Run().GetResult(Limits.Wait));
        });

        Assert.Equal((1L, 1L), (inRun.Tasks.Running, inRun.Pipelines.Running));
        Assert.Equal(2, inTask.Tasks.Running);
    }

    [Fact]
    [Guarantee("V3")]
    public void It_tells_that_shutdown_has_begun_and_may_be_taken_after_Close()
    {
        using var scheduler = Schedulers.New(resources: ("cpu", 1));
        using var gate = new Gate();
        var pipeline = scheduler.Run(c => { gate.Pass(); c.NewTask(() => { }).Run().GetResult(Limits.Wait); return 0; }, "last");
        gate.WaitUntilEntered();
        scheduler.Shutdown();
        Assert.Equal((true, false), (scheduler.Snapshot().ShutdownStarted, scheduler.Snapshot().IsClosed));
        gate.Open();
        scheduler.Close();

        var snapshot = scheduler.Snapshot();

        Assert.Equal((true, true), (snapshot.ShutdownStarted, snapshot.IsClosed));
        Assert.Equal(new PipelineCounts(0, 0, 1, 0, 0), snapshot.Pipelines);
        Assert.Equal(new TaskCounts(0, 0, 0, 1, 0, 0, 0), snapshot.Tasks);
        Assert.Equal([new ResourceUsage("cpu", 1, 0)], snapshot.Resources);
        Assert.Empty(snapshot.RunningPipelines);
        Assert.Equal(new PipelineSnapshot(1, "last", PipelineState.Succeeded, 0, snapshot.Tasks), pipeline.Snapshot());
    }

    private static TaskCounts Sum(IEnumerable<TaskCounts> counts) => counts.Aggregate((a, b) => new TaskCounts(
        a.Queued + b.Queued,
        a.Admitted + b.Admitted,
        a.Running + b.Running,
        a.Succeeded + b.Succeeded,
        a.Failed + b.Failed,
        a.Terminated + b.Terminated,
        a.Canceled + b.Canceled));
}
