using System.Runtime.CompilerServices;
using StageGate.Actors.Core;
using StageGate.Actors.Tests.Core.Model;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Core;

/// <summary>When the core looks whether waits can still end, and at which of them.</summary>
public class WaitLookTests
{
    /// <summary>So little that the runtime never says that there is enough, and enough to look at one wait.</summary>
    private const int LeastStack = 96 * 1024;

    private readonly ResourceCapacities _resources = new([KeyValuePair.Create("cpu", 2m), KeyValuePair.Create("mem", 9m)]);

    public static TheoryData<string> Cancellations => ["of the pipeline", "by a shutdown", "by the termination of all"];

    [Theory]
    [MemberData(nameof(Cancellations))]
    public void It_looks_when_the_last_that_could_fail_is_canceled(string how)
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 2, taskParallelism: 1);
        var (waiting, _) = (core.Started(1), core.Started(2));
        var queued = new FakePipeline(3);
        core.Submit(queued);
        var wait = Begin(core, waiting, new FakeWait(ReturnWhen.FirstException, waiting, queued));
        Assert.Null(wait.Refusal);

        switch (how)
        {
            case "of the pipeline":
                Assert.True(core.CancelPipeline(3));
                break;
            case "by a shutdown":
                core.BeginShutdown(cancelPendingPipelines: true);
                break;
            default:
                core.RequestTermination();
                break;
        }

        Assert.NotNull(wait.Refusal);
        Assert.Contains("refuse the wait for pipeline 1", core.TakeDecisions());
    }

    [Fact]
    public void It_does_not_look_where_nothing_can_have_become_hopeless()
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 3, taskParallelism: 1);
        var (first, second, third) = (core.Started(1), core.Started(2), core.Started(3));
        var wait = Begin(core, first, new FakeWait(ReturnWhen.AllCompleted, second));
        var looks = wait.Looks;

        core.Submit(new FakePipeline(4));
        core.Submit(new FakeTask(1, third));
        core.Submit(new FakeTask(2, third));
        SchedulerCore.AdvanceStage(third, 1);
        core.End(third, PipelineState.Failed);

        Assert.Equal(looks, wait.Looks);
    }

    [Fact]
    public void Where_a_new_wait_can_end_nobody_looks_at_the_others()
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 3, taskParallelism: 1);
        var (first, second, third) = (core.Started(1), core.Started(2), core.Started(3));
        var queued = Enumerable.Range(4, 5).Select(id => new FakePipeline(id)).ToArray<WorkEntry>();
        foreach (var pipeline in queued)
            core.Submit((FakePipeline)pipeline);

        // The new one is looked at first, whichever of the two has more targets.
        var large = Begin(core, first, new FakeWait(ReturnWhen.AllCompleted, queued));
        Assert.Equal(1, large.Looks);
        var small = Begin(core, second, new FakeWait(ReturnWhen.AllCompleted, third));
        Assert.Equal((1, 1), (large.Looks, small.Looks));
        first.EndWait();
        large = Begin(core, first, new FakeWait(ReturnWhen.AllCompleted, queued));
        Assert.Equal((1, 1), (large.Looks, small.Looks));
    }

    [Theory]
    [InlineData(true, 100 * 101 / 2)]
    [InlineData(false, 100)]
    public void A_look_goes_down_a_chain_of_waits_and_looks_at_each_link_once(bool fromItsEnd, int looks)
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 101, taskParallelism: 1);
        var chain = Enumerable.Range(1, 101).Select(id => core.Started(id)).ToArray();
        var waits = chain.SkipLast(1).Zip(chain.Skip(1), (work, next) => (Work: work, Wait: new FakeWait(ReturnWhen.AllCompleted, next))).ToList();

        foreach (var (work, wait) in fromItsEnd ? Enumerable.Reverse(waits) : waits)
            Assert.Null(Begin(core, work, wait).Refusal);

        Assert.Equal(looks, waits.Sum(pair => pair.Wait.Looks));
    }

    [Fact]
    [Guarantee("W6", "W8")]
    public void A_circle_that_is_too_long_for_the_stack_is_found_and_one_wait_is_refused()
    {
        const int Length = 5_000;
        var core = new SchedulerCore(_resources, Length, taskParallelism: 1);
        var circle = Enumerable.Range(1, Length).Select(id => core.Started(id)).ToArray();

        // The core finds the others when it is told of the last two.
        for (var i = 0; i < Length - 2; i++)
            circle[i].BeginWait(new FakeWait(ReturnWhen.AllCompleted, circle[i + 1]));
        FakeWait? open = null;
        FakeWait? closed = null;
        OnSmallThread(256 * 1024, () =>
        {
            open = Begin(core, circle[^2], new FakeWait(ReturnWhen.AllCompleted, circle[^1]));
            closed = Begin(core, circle[^1], new FakeWait(ReturnWhen.AllCompleted, circle[0]));
        });

        Assert.Null(open!.Refusal);
        Assert.StartsWith("pipeline 5000 would wait for ever: pipeline 5000 waits for pipeline 1; ", closed!.Refusal, StringComparison.Ordinal);
        Assert.All(circle[..^1], work => Assert.Null(work.Wait!.Refusal));
    }

    /// <summary>Whoever submits, asks or waits may be the one who looks, on a thread of whatever size.</summary>
    [Fact]
    [Guarantee("W7")]
    public void Where_the_thread_that_looks_has_hardly_any_stack_nobody_is_refused_who_can_go_on()
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 4, taskParallelism: 1);
        var chain = Enumerable.Range(1, 4).Select(id => core.Started(id)).ToArray();
        var waits = chain.SkipLast(1).Zip(chain.Skip(1), (_, next) => new FakeWait(ReturnWhen.AllCompleted, next)).ToList();

        OnSmallThread(LeastStack, () =>
        {
            for (var i = waits.Count - 1; i >= 0; i--)
                Begin(core, chain[i], waits[i]);
        });

        Assert.All(waits, wait => Assert.Null(wait.Refusal));
    }

    [Fact]
    public void The_reason_names_those_alone_whose_resources_are_missing()
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 1, taskParallelism: 4);
        var pipeline = core.Started(1);
        var holder = Begun(core.Submitted(1, pipeline, 0, Demand(cpu: 1, mem: 1)));
        var other = Begun(core.Submitted(2, pipeline, 0, Demand(cpu: 0, mem: 1)));
        core.Submitted(3, pipeline, 0, Demand(cpu: 2, mem: 1));
        var behind = core.Submitted(4, pipeline);
        Assert.Null(Begin(core, other, new FakeWait(ReturnWhen.AllCompleted, behind)).Refusal);

        var refusal = Begin(core, holder, new FakeWait(ReturnWhen.AllCompleted, behind)).Refusal;

        Assert.Equal(
            "task 1 would wait for ever: task 1 waits for task 4, which stands in line behind task 3, which needs resources that task 1 has. "
            + "To avoid it, wait in Run() instead of in a task that holds resources.",
            refusal);
    }

    [Fact]
    [Guarantee("M1")]
    public void One_that_has_ended_is_not_kept_by_one_that_waits_on()
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 2, taskParallelism: 2);
        var (pipeline, target) = (core.Started(1), core.Started(2));
        Begin(core, Begun(core.Submitted(1, pipeline)), new FakeWait(ReturnWhen.AllCompleted, target));

        var ended = WaitAndEnd(core, pipeline, target);

        Traces.AssertCollected([ended]);
        Assert.Single(core.AdmittedTasks);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference WaitAndEnd(SchedulerCore core, FakePipeline pipeline, WorkEntry target)
    {
        var task = Begun(core.Submitted(2, pipeline));
        Begin(core, task, new FakeWait(ReturnWhen.AllCompleted, target));
        task.EndWait();
        core.End(task, TaskState.Succeeded);
        core.TakeDecisions();
        return new WeakReference(task);
    }

    [Fact]
    public void A_snapshot_of_the_core_is_never_that_of_a_closed_scheduler() =>
        Assert.False(new SchedulerCore(_resources, 1, 1).Snapshot().IsClosed);

    private static void OnSmallThread(int stack, Action code)
    {
        var small = new Thread(() => code(), stack);
        small.Start();
        small.Join();
    }

    private static FakeWait Begin(SchedulerCore core, WorkEntry work, FakeWait wait)
    {
        work.BeginWait(wait);
        core.BeginWait(work);
        return wait;
    }

    private static FakeTask Begun(FakeTask task)
    {
        task.Begin();
        return task;
    }

    private Demand Demand(decimal cpu, decimal mem) =>
        _resources.Resolve([KeyValuePair.Create("cpu", cpu), KeyValuePair.Create("mem", mem)]);
}
