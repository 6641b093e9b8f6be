using System.Runtime.CompilerServices;
using StageGate.Actors.Core;
using StageGate.Actors.Tests.Core.Model;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Core;

/// <summary>Work that waits for one thing after the other, as in a loop over the handles of pipelines that were submitted before.</summary>
public class WaitsInTurnTests
{
    [Fact]
    public void A_wait_of_which_the_core_hears_twice_is_not_forgotten()
    {
        var core = new SchedulerCore(new ResourceCapacities([]), pipelineParallelism: 2, taskParallelism: 1);
        var (waiting, _) = (core.Started(1), core.Started(2));
        var queued = new FakePipeline(3);
        core.Submit(queued);
        var wait = new FakeWait(ReturnWhen.FirstException, waiting, queued);
        waiting.BeginWait(wait);

        // The first time it hears of a wait that is over by then, and finds this one.
        core.BeginWait(waiting);
        core.BeginWait(waiting);
        Assert.True(core.CancelPipeline(3));

        Assert.NotNull(wait.Refusal);
    }

    [Fact]
    [Guarantee("W6")]
    public void A_wait_that_the_core_finds_before_it_knows_what_it_is_for_is_refused_when_the_core_is_told_of_it()
    {
        var core = new SchedulerCore(new ResourceCapacities([]), pipelineParallelism: 1, taskParallelism: 1);
        var waiting = core.Started(1);
        var unknown = new FakePipeline(2);
        var wait = new FakeWait(ReturnWhen.AllCompleted, unknown);
        waiting.BeginWait(wait);

        // What it is told of is a wait that is over by then; the submission and what was told of this wait are on their way.
        core.BeginWait(waiting);
        Assert.Null(wait.Refusal);
        core.Submit(unknown);
        core.BeginWait(waiting);

        Assert.NotNull(wait.Refusal);
    }

    /// <summary>Its wait closes the circle, and is written down; before the core is told of it, a submission makes the core look.</summary>
    [Fact]
    [Guarantee("W8")]
    public void A_wait_that_is_found_before_the_core_is_told_of_it_is_the_youngest_and_the_only_one_that_is_refused()
    {
        var resources = new ResourceCapacities([KeyValuePair.Create("cpu", 2m)]);
        var core = new SchedulerCore(resources, pipelineParallelism: 2, taskParallelism: 3);
        var (circle, other) = (core.Started(1), core.Started(2));
        var one = resources.Resolve([KeyValuePair.Create("cpu", 1m)]);
        FakeTask[] tasks = [new(1, circle, demand: one), new(2, circle, demand: one)];
        FakeWait[] waits = [.. tasks.Select(_ => new FakeWait(ReturnWhen.AllCompleted, circle))];
        foreach (var (task, wait) in tasks.Zip(waits))
        {
            core.Submit(task);
            task.Begin();
            task.BeginWait(wait);
            core.BeginWait(task);
        }

        var last = new FakeWait(ReturnWhen.AllCompleted, tasks);
        circle.BeginWait(last);
        core.Submit(new FakeTask(3, other, demand: resources.Resolve([KeyValuePair.Create("cpu", 2m)])));

        Assert.NotNull(last.Refusal);
        Assert.All(waits, wait => Assert.Null(wait.Refusal));
    }

    [Fact]
    [Guarantee("M1")]
    public void Work_that_has_ended_is_not_kept_by_one_that_began_to_wait_before_it_and_waits_on()
    {
        var core = new SchedulerCore(new ResourceCapacities([]), pipelineParallelism: 3, taskParallelism: 1);
        var (waiting, working) = (core.Started(1), core.Started(2));

        var ended = WaitsAndEnds(core, waiting, working);

        Traces.AssertCollected([ended]);
        GC.KeepAlive(core);
    }

    /// <summary>Not inlined, so that no variable keeps the work.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference WaitsAndEnds(SchedulerCore core, FakePipeline waiting, FakePipeline working)
    {
        var ended = core.Started(3);
        foreach (var work in (FakePipeline[])[waiting, ended])
        {
            work.BeginWait(new FakeWait(ReturnWhen.FirstException, working));
            core.BeginWait(work);
        }

        // This makes it ask whether anybody waits for a failure: the first one does, so nobody looks at the other.
        core.Submit(new FakePipeline(4));
        Assert.True(core.CancelPipeline(4));
        ended.EndWait();
        core.End(ended, PipelineState.Succeeded);
        core.TakeDecisions();
        return new WeakReference(ended);
    }
}
