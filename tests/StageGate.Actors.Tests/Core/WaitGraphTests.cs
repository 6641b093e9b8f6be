using CsCheck;
using StageGate.Actors.Core;
using StageGate.Actors.Tests.Core.Model;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Core;

public class WaitGraphTests
{
    private readonly ResourceCapacities _resources = new([KeyValuePair.Create("cpu", 2m)]);

    [Fact]
    [Guarantee("W6", "W7")]
    public void A_wait_is_refused_exactly_where_no_order_of_events_can_end_it()
    {
        WaitHistory.Any.Sample(history => { history.Run(); }, iter: 1_500, print: history => history.ToString());
    }

    [Fact]
    public void The_histories_come_to_all_that_can_make_a_wait_hopeless()
    {
        string[] expected =
        [
            "left alone", "untold", "refused after SubmitTask", "refused after End",
            .. from work in (string[])[nameof(FakePipeline), nameof(FakeTask)]
               from mode in Enum.GetNames<ReturnWhen>()
               select $"refused a {work} in {mode}",
        ];

        // The rarest of them comes about once in some hundreds of histories.
        var seen = new HashSet<string>();
        for (var i = 0; i < 50 && expected.Except(seen).Any(); i++)
            WaitHistory.Any.Sample(history => seen.UnionWith(history.Run()), iter: 400, threads: 1);
        Assert.Empty(expected.Except(seen));
    }

    [Fact]
    [Guarantee("W6")]
    public void The_reason_names_every_link_of_the_circle_and_what_to_do()
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 2, taskParallelism: 1);
        var (first, second) = (core.Started(1), core.Started(2));
        var (third, fourth) = (new FakePipeline(3), new FakePipeline(4));
        core.Submit(third);
        core.Submit(fourth);
        core.TakeDecisions();

        Assert.Null(Refusal(core, first, third));
        Assert.Equal(
            "pipeline 2 would wait for ever: pipeline 2 waits for pipeline 4, which can start only once a running pipeline has ended, "
            + "and all of them wait; "
            + "pipeline 1 waits for pipeline 3, which can start only once a running pipeline has ended, and all of them wait. "
            + "To avoid it, raise PipelineParallelism, or wait outside Run() for pipelines that have not begun.",
            Refusal(core, second, fourth));
        Assert.Equal(["refuse the wait for pipeline 4"], core.TakeDecisions());
    }

    /// <summary>The targets of a wait are read more than once, and an interrupt may end it in between.</summary>
    [Fact]
    [Guarantee("X7", "D1")]
    public void A_wait_that_is_given_up_in_the_middle_of_the_look_does_no_harm()
    {
        var reads = 0;
        do
        {
            var core = new SchedulerCore(_resources, pipelineParallelism: 3, taskParallelism: 1);
            var (working, leaving, waiting) = (core.Started(1), core.Started(2), core.Started(3));
            Assert.Null(Refusal(core, waiting, leaving));
            var left = reads++;
            leaving.BeginWait(new ShrinkingWait([working, waiting], [working], () => left-- > 0));
            core.BeginWait(leaving);
            core.TakeDecisions();
            if (left >= 0)
                return;
        }
        while (reads < 100);
        Assert.Fail("It is read for ever.");
    }

    [Fact]
    public void The_reason_names_those_who_hold_what_the_first_in_line_needs()
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 1, taskParallelism: 4);
        var pipeline = core.Started(1);
        var holder = Begun(core.Submitted(1, pipeline, 0, Cpu(1)));
        core.Submitted(2, pipeline, 0, Cpu(2));
        var behind = core.Submitted(3, pipeline, 0, Cpu(1));

        Assert.Equal(
            "task 1 would wait for ever: task 1 waits for task 3, which stands in line behind task 2, which needs resources that task 1 has. "
            + "To avoid it, wait in Run() instead of in a task that holds resources.",
            Refusal(core, holder, behind));
    }

    [Fact]
    [Guarantee("W6")]
    public void That_a_task_which_holds_nothing_can_go_on_frees_nothing()
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 2, taskParallelism: 3);
        var (pipeline, working) = (core.Started(1), core.Started(2));
        var holder = Begun(core.Submitted(1, pipeline, 0, Cpu(1)));
        var other = Begun(core.Submitted(2, pipeline));
        core.Submitted(3, pipeline, 0, Cpu(2));
        var behind = core.Submitted(4, pipeline, 0, Cpu(1));

        Assert.Null(Refusal(core, other, working));
        Assert.NotNull(Refusal(core, holder, behind));
    }

    [Fact]
    public void The_reason_names_those_who_hold_the_workers()
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 1, taskParallelism: 1);
        var pipeline = core.Started(1);
        var running = Begun(core.Submitted(1, pipeline));
        var queued = core.Submitted(2, pipeline);

        Assert.Equal(
            "task 1 would wait for ever: task 1 waits for task 2, which can be admitted only once a running task has ended, and all of them wait. "
            + "To avoid it, raise TaskParallelism, or wait in Run() instead of in a task.",
            Refusal(core, running, queued));
    }

    [Fact]
    public void The_reason_follows_a_circle_through_tasks_and_pipelines()
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 1, taskParallelism: 1);
        var pipeline = core.Started(1);
        var task = Begun(core.Submitted(1, pipeline));
        Assert.Null(Refusal(core, pipeline, task));

        Assert.Equal(
            "task 1 would wait for ever: task 1 waits for pipeline 1; pipeline 1 waits for task 1. "
            + "To avoid it, do not let work wait for what waits for it.",
            Refusal(core, task, pipeline));
    }

    [Fact]
    public void A_long_reason_tells_some_links_and_names_the_others()
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 30, taskParallelism: 1);
        var running = Enumerable.Range(1, 30).Select(id => core.Started(id)).ToArray();
        var queued = Enumerable.Range(31, 5).Select(id => new FakePipeline(id)).ToArray();
        foreach (var pipeline in queued)
            core.Submit(pipeline);
        Assert.All(running[..^1], pipeline => Assert.Null(Refusal(core, pipeline, queued)));

        var reason = Refusal(core, running[^1], queued);

        Assert.StartsWith("pipeline 30 would wait for ever: pipeline 30 waits for pipeline 31 (and", reason, StringComparison.Ordinal);
        Assert.Contains(" (and 4 more that cannot end either), which can start only", reason, StringComparison.Ordinal);
        Assert.Contains("; in the same circle wait pipeline ", reason, StringComparison.Ordinal);
        Assert.All(running, pipeline => Assert.Contains($"{pipeline}", reason, StringComparison.Ordinal));
    }

    [Fact]
    [Guarantee("W8")]
    public void A_refused_wait_holds_nobody_up_and_only_the_newest_of_a_circle_is_refused()
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 3, taskParallelism: 1);
        var (first, second, third) = (core.Started(1), core.Started(2), core.Started(3));
        Assert.Null(Refusal(core, first, second));
        Assert.Null(Refusal(core, second, third));
        Assert.NotNull(Refusal(core, third, first));

        // The third goes on, although its thread has not woken up yet.
        Assert.Null(first.Wait!.Refusal);
        Assert.Null(second.Wait!.Refusal);
        third.EndWait();
        core.End(third, PipelineState.Failed);
        Assert.True(third.HasEnded);
    }

    [Fact]
    public void A_wait_that_is_over_when_the_core_hears_of_it_is_ignored()
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 1, taskParallelism: 1);
        var pipeline = core.Started(1);
        pipeline.BeginWait(new FakeWait(ReturnWhen.AllCompleted, pipeline));
        pipeline.EndWait();
        core.TakeDecisions();

        core.BeginWait(pipeline);

        Assert.Empty(core.TakeDecisions());
    }

    private static string? Refusal(SchedulerCore core, WorkEntry work, params WorkEntry[] targets)
    {
        var wait = new FakeWait(ReturnWhen.AllCompleted, targets);
        work.BeginWait(wait);
        core.BeginWait(work);
        return wait.Refusal;
    }

    private static FakeTask Begun(FakeTask task)
    {
        task.Begin();
        return task;
    }

    private Demand Cpu(decimal amount) => _resources.Resolve([KeyValuePair.Create("cpu", amount)]);

    /// <summary>A wait that has other targets from some time on.</summary>
    private sealed class ShrinkingWait(WorkEntry[] first, WorkEntry[] then, Func<bool> isFirst) : OpenWait
    {
        public override ReturnWhen Until => ReturnWhen.AllCompleted;

        public override IEnumerable<WorkEntry> Targets => isFirst() ? first : then;

        public override WorkEntry AnyTarget => then[0];

        public override int Count => first.Length;

        public override void Release()
        {
        }
    }
}
