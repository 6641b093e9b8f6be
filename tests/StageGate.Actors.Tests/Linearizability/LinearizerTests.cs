using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Tests.Linearizability;

/// <summary>
/// One pipeline at a time, one task at a time, and 1 of one resource. Each of the bad histories is one that a broken scheduler could give.
/// </summary>
public class LinearizerTests
{
    private static readonly Call s_pipeline = new SubmitPipeline(1);

    /// <summary>Task 1 runs with all that there is.</summary>
    private static readonly Call[] s_running = [s_pipeline, Task(1), new TaskBegins(1)];

    [Fact]
    public void Calls_that_overlap_may_have_been_in_either_order()
    {
        Assert.True(IsExplained([At(1, 4, new SubmitPipeline(2)), At(2, 3, s_pipeline)]));
        Assert.True(IsExplained([At(1, 4, s_pipeline), At(2, 3, Look())]));
        Assert.True(IsExplained([At(1, 4, s_pipeline), At(2, 3, Look(s_pipeline))]));
    }

    [Fact]
    public void Calls_that_do_not_overlap_were_in_their_order()
    {
        Assert.False(IsExplained([At(1, 2, new SubmitPipeline(2)), At(3, 4, s_pipeline)]));
        Assert.False(IsExplained([At(1, 2, s_pipeline), At(3, 4, Look())]));
        Assert.False(IsExplained([At(1, 2, Look(s_pipeline)), At(3, 4, s_pipeline)]));
    }

    [Fact]
    public void A_pipeline_is_accepted_before_shutdown_and_refused_after_it()
    {
        Assert.True(IsExplained([At(1, 4, new Shutdown(false)), At(2, 3, s_pipeline)]));
        Assert.True(IsExplained([At(1, 4, new Shutdown(false)), At(2, 3, new SubmitPipeline(null))]));
        Assert.False(IsExplained([At(1, 2, new Shutdown(false)), At(3, 4, s_pipeline)]));
        Assert.False(IsExplained([At(1, 2, new SubmitPipeline(null)), At(3, 4, new Shutdown(false))]));
    }

    [Fact]
    public void A_cancellation_that_succeeds_keeps_the_callable_from_beginning()
    {
        Operation[] Race(bool isCanceled, params Call[] more) =>
            [.. InLine(s_pipeline, Task(1)), At(90, 95, new CancelTask(1, isCanceled)), .. more.Select(call => At(3, 94, call))];

        Assert.True(IsExplained(Race(isCanceled: true)));
        Assert.True(IsExplained(Race(isCanceled: false, new TaskBegins(1))));
        Assert.False(IsExplained(Race(isCanceled: true, new TaskBegins(1))));
        Assert.False(IsExplained(Race(isCanceled: false)));
        Assert.False(IsExplained(Race(isCanceled: true, new CancelTask(1, true))));
    }

    [Fact]
    public void Nobody_overtakes_and_nobody_runs_beside_the_one_who_has_it_all()
    {
        Call[] queued = [.. s_running, Task(2), Task(3)];

        Assert.True(IsExplained(InLine([.. queued, Ends(1), new TaskBegins(2)])));
        Assert.False(IsExplained(InLine([.. queued, Ends(1), new TaskBegins(3)])));
        Assert.False(IsExplained(InLine([.. queued, new TaskBegins(2)])));
        Assert.True(IsExplained(InLine([.. queued, new CancelTask(2, true), Ends(1), new TaskBegins(3)])));
    }

    [Fact]
    public void A_later_stage_goes_first()
    {
        Call[] queued = [.. s_running, Task(2), new StageForward(1, 1), Task(3), Ends(1)];

        Assert.True(IsExplained(InLine([.. queued, new TaskBegins(3)])));
        Assert.False(IsExplained(InLine([.. queued, new TaskBegins(2)])));
        Assert.False(IsExplained(InLine(s_pipeline, new StageForward(1, 2))));
    }

    [Fact]
    public void Who_has_seen_the_end_sees_the_resources_free()
    {
        Assert.True(IsExplained([.. InLine(s_running), At(90, 93, Ends(1)), At(91, 92, Look(s_running))]));
        Assert.False(IsExplained(InLine([.. s_running, Ends(1), Look(s_running)])));
        Assert.True(IsExplained(InLine([.. s_running, Ends(1), Look([.. s_running, Ends(1)])])));
    }

    [Fact]
    public void A_snapshot_is_one_instant()
    {
        var before = Look(s_running).Seen;
        var after = Look([.. s_running, Ends(1)]).Seen;

        Assert.False(IsExplained(During(before with { Resources = after.Resources })));
        Assert.False(IsExplained(During(before with { AdmittedTasks = after.AdmittedTasks })));
        Assert.False(IsExplained(During(after with { Tasks = before.Tasks })));
        Assert.False(IsExplained(During(before with { RunningPipelines = [new RunningPipeline(1, null, 1)] })));
        Assert.True(IsExplained(During(before)));
        Assert.True(IsExplained(During(after)));

        Operation[] During(SchedulerSnapshot seen) => [.. InLine(s_running), At(90, 93, Ends(1)), At(91, 92, new LookAtAll(seen))];
    }

    [Fact]
    public void A_request_to_end_stands_for_what_throws_after_it()
    {
        Assert.True(IsExplained(InLine([.. s_running, new RequestTermination(1, true), .. Throws(TaskState.Terminated)])));
        Assert.False(IsExplained(InLine([.. s_running, new RequestTermination(1, true), .. Throws(TaskState.Failed)])));
        Assert.False(IsExplained(InLine([.. s_running, .. Throws(TaskState.Terminated)])));
        Assert.False(IsExplained(InLine([.. s_running, .. Throws(TaskState.Failed), new RequestTermination(1, true)])));
        Assert.True(IsExplained(
        [
            .. InLine(s_running),
            .. Throws(TaskState.Failed).Select(call => At(90, 93, call)),
            At(91, 92, new RequestTermination(1, true)),
        ]));
    }

    [Fact]
    public void A_pipeline_that_runs_has_started_and_one_looked_at_shows_its_own_tasks()
    {
        var look = new LookAtPipeline(new PipelineSnapshot(1, null, PipelineState.Running, 0, new TaskCounts(0, 1, 1, 0, 0, 0, 0)));

        Assert.True(IsExplained(InLine([.. s_running, look])));
        Assert.False(IsExplained(InLine(s_pipeline, look)));
        Assert.False(IsExplained(InLine(s_pipeline, new SubmitPipeline(2), new PipelineBegins(2))));
        var end = new PipelineEnds(1, PipelineState.Failed);
        Assert.True(IsExplained(InLine(s_pipeline, new SubmitPipeline(2), end, new PipelineBegins(2))));
        Assert.False(IsExplained(InLine(s_pipeline, new SubmitPipeline(2), new CancelPipeline(2, true), end, new PipelineBegins(2))));
    }

    [Fact]
    public void All_ways_that_it_can_have_gone_are_kept_for_what_is_seen_later()
    {
        // The stage of task 2 is not known yet.
        var ends = Linearizer.Ends([NewModel()], [.. InLine(s_running), At(90, 93, Task(2)), At(91, 92, new StageForward(1, 1))]);

        Assert.Equal([0, 1], ends.Select(model => model.Tasks[1].Stage).Order());
        foreach (var first in (long[])[2, 3])
        {
            var known = Linearizer.Ends(ends, InLine(Task(3), Ends(1), new TaskBegins(first)));
            Assert.Equal([first == 2 ? 1 : 0], known.Select(model => model.Tasks[1].Stage));
        }
    }

    private static SchedulerModel NewModel() => new([1m], pipelineParallelism: 1, taskParallelism: 1);

    private static bool IsExplained(params Operation[] operations) => Linearizer.Ends([NewModel()], operations).Count > 0;

    private static Operation At(long begun, long ended, Call call) => new(call, begun, ended);

    /// <summary>One after the other, all before the time 90.</summary>
    private static Operation[] InLine(params Call[] calls) => [.. calls.Select((call, i) => At((2 * i) + 1, (2 * i) + 2, call))];

    private static SubmitTask Task(long id) => new(1, id, [Exact.One]);

    private static TaskEnds Ends(long id) => new(id, TaskState.Succeeded, TaskState.Succeeded);

    private static Call[] Throws(TaskState ending) => [new TaskThrows(1, ending), new TaskEnds(1, TaskState.Terminated, ending)];

    /// <summary>What is to be seen after these calls.</summary>
    private static LookAtAll Look(params Call[] calls)
    {
        var model = NewModel();
        Assert.All(calls, call => Assert.True(call.Happens(model)));
        return new LookAtAll(new SchedulerSnapshot(
            model.ShutdownStarted,
            IsClosed: false,
            PipelineParallelism: 1,
            TaskParallelism: 1,
            Comparison.Counts(model.Pipelines),
            Comparison.Counts(model.Tasks),
            [new ResourceUsage("r0", 1, (decimal)(model.InUse(0) / Exact.One))],
            [.. model.Running.Select(pipeline => new RunningPipeline(pipeline.Id, null, pipeline.Stage))])
        {
            AdmittedTasks = [.. model.Admitted.Select(task => new AdmittedTask(task.Id, null, 1, null, task.State == TaskState.Running))],
        });
    }
}
