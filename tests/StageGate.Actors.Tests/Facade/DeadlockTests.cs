using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>Waits inside the scheduler's own work that can never end are refused; afterwards all is as it should be.</summary>
public class DeadlockTests
{
    public static TheoryData<string> Waits => ["GetResult", "GetException", "WaitPipelines", "AsCompleted"];

    [Theory]
    [MemberData(nameof(Waits))]
    [Guarantee("W6", "W8")]
    public void A_Run_that_holds_the_only_coordinator_and_waits_for_a_queued_pipeline_is_told_so_and_can_go_on(string wait)
    {
        var scheduler = Schedulers.New(resources: ("cpu", 1));
        PipelineHandle<int> inner = null!;

        var outer = scheduler.Run(
            c =>
            {
                inner = scheduler.Run(_ => 3, "inner");
                var thrown = Assert.Throws<DeadlockException>(() => Wait(scheduler, wait, inner));
                return (thrown.Message, Task: c.NewTask(() => 4).Requires("cpu", 1).Run().GetResult());
            },
            "outer").GetResult(Limits.Wait);

        Assert.Equal(4, outer.Task);
        Assert.Equal(
            "pipeline 1 'outer' would wait for ever: pipeline 1 'outer' waits for pipeline 2 'inner', which can start only once a running "
            + "pipeline has ended, and all of them wait. To avoid it, raise PipelineParallelism, or wait outside Run() for pipelines that have not begun.",
            outer.Message);
        Assert.Equal(3, inner.GetResult(Limits.Wait));
        Nested.AssertUnharmed(scheduler);
    }

    [Fact]
    public void A_deadlock_that_is_not_caught_fails_the_pipeline_with_it()
    {
        var scheduler = Schedulers.New();

        var outer = scheduler.Run(_ => scheduler.Run(_ => 3).GetResult());

        Assert.IsType<DeadlockException>(outer.GetException(Limits.Wait));
        Nested.AssertUnharmed(scheduler);
    }

    [Fact]
    [Guarantee("W6")]
    public void A_wait_for_itself_is_refused_although_places_are_free()
    {
        var scheduler = Schedulers.New(pipelines: 3, tasks: 3);
        using var known = new Gate();
        PipelineHandle<int> own = null!;
        TaskHandle<int> ownTask = null!;
        own = scheduler.Run(c =>
        {
            known.Pass();
            Assert.Throws<DeadlockException>(() => own.GetResult());
            using var submitted = new Gate();
            ownTask = c.NewTask(() =>
            {
                submitted.Pass();
                Assert.Throws<DeadlockException>(() => ownTask.GetResult());
                return 1;
            }).Run();
            submitted.Open();
            return ownTask.GetResult();
        });
        known.Open();

        Assert.Equal(1, own.GetResult(Limits.Wait));
        Nested.AssertUnharmed(scheduler);
    }

    [Fact]
    [Guarantee("W6")]
    public void A_wait_that_a_submission_makes_hopeless_is_refused_although_nothing_ends_meanwhile()
    {
        var scheduler = Schedulers.New(tasks: 2, resources: ("cpu", 1));
        using var busy = new Gate();
        using var known = new Gate();
        TaskHandle<int> awaited = null!;
        var outer = scheduler.Run(c =>
        {
            var waiting = c.NewTask(() =>
            {
                known.Pass();
                return Nested.IsRefused(() => awaited.GetResult());
            }).Requires("cpu", 1).Run();
            c.NewTask(() => Nested.Pass(busy)).Run();
            busy.WaitUntilEntered();
            awaited = c.NewTask(() => 5).Run();
            known.Open();
            Nested.UntilSeen(waiting);

            // The turn in which it was seen is over when this returns, so the next submission has to bring about one of its own.
            Assert.Equal(1, scheduler.Snapshot().Tasks.Queued);

            // It stands before the one that is waited for, and needs what the waiting one holds.
            c.StageForward();
            c.NewTask(() => 6).Requires("cpu", 1).Run();
            return waiting.GetResult(Limits.Wait);
        });

        Assert.True(outer.GetResult(Limits.Wait));
        busy.Open();
        Nested.AssertUnharmed(scheduler);
    }

    [Fact]
    [Guarantee("W8")]
    public void A_task_and_its_pipeline_that_wait_for_each_other_are_told_so_once()
    {
        var scheduler = Schedulers.New(pipelines: 2, tasks: 2);
        using var known = new Gate();
        PipelineHandle<bool> pipeline = null!;
        TaskHandle<bool> task = null!;
        pipeline = scheduler.Run(c =>
        {
            known.Pass();
            task = c.NewTask(() => Nested.IsRefused(() => pipeline.GetException())).Run();
            return Nested.IsRefused(() => task.GetException());
        });
        known.Open();

        Assert.NotEqual(pipeline.GetResult(Limits.Wait), task.GetResult(Limits.Wait));
        Nested.AssertUnharmed(scheduler);
    }

    [Fact]
    [Guarantee("W6", "W8")]
    public void A_chain_through_a_task_is_found_whoever_waits_first()
    {
        var scheduler = Schedulers.New();
        PipelineHandle<int> inner = null!;
        TaskHandle<bool> task = null!;

        var outer = scheduler.Run(c =>
        {
            task = c.NewTask(() =>
            {
                inner = scheduler.Run(_ => 3);
                return Nested.IsRefused(() => inner.GetResult());
            }).Run();
            return Nested.IsRefused(() => c.Wait([task]));
        });

        Assert.NotEqual(outer.GetResult(Limits.Wait), task.GetResult(Limits.Wait));
        Assert.Equal(3, inner.GetResult(Limits.Wait));
        Nested.AssertUnharmed(scheduler);
    }

    [Theory]
    [InlineData(1, 0)] // The only worker.
    [InlineData(4, 4)] // All of the resource.
    [InlineData(4, 1)] // A part of what it waits for needs.
    public void A_task_that_waits_for_a_task_that_needs_what_it_holds_is_told_so(int tasks, int held)
    {
        var scheduler = Schedulers.New(tasks: tasks, resources: ("cpu", 4));
        using var submitted = new Gate();
        TaskHandle<int> second = null!;

        var refused = scheduler.Result(c =>
        {
            var first = c.NewTask(() =>
            {
                submitted.Pass();
                return Nested.IsRefused(() => second.GetResult());
            }).Requires("cpu", held).Run();
            second = c.NewTask(() => 2).Requires("cpu", 4).Run();
            submitted.Open();
            return first.GetResult();
        });

        Assert.True(refused);
        Assert.Equal(2, second.GetResult(Limits.Wait));
        Nested.AssertUnharmed(scheduler);
    }

    [Fact]
    [Guarantee("W6", "W8")]
    public void A_task_that_holds_a_resource_and_waits_for_a_pipeline_whose_task_needs_it_is_told_so_or_that_pipeline_is()
    {
        var scheduler = Schedulers.New(pipelines: 2, tasks: 2, resources: ("cpu", 1));
        PipelineHandle<bool> other = null!;

        var first = scheduler.Result(c => c.NewTask(() =>
        {
            other = scheduler.Run(o => Nested.IsRefused(() => o.NewTask(() => 2).Requires("cpu", 1).Run().GetResult()));
            return Nested.IsRefused(() => other.GetResult());
        }).Requires("cpu", 1).Run().GetResult());

        Assert.NotEqual(first, other.GetResult(Limits.Wait));
        Nested.AssertUnharmed(scheduler);
    }

    [Fact]
    [Guarantee("W6")]
    public void A_wait_becomes_hopeless_when_a_task_is_put_before_what_it_waits_for_that_needs_what_the_waiting_one_holds()
    {
        var scheduler = Schedulers.New(tasks: 4, resources: ("cpu", 2));
        using var gate = new Gate();
        TaskHandle<int> small = null!;

        var refused = scheduler.Result(c =>
        {
            c.NewTask(gate.Pass).Requires("cpu", 1).Run();
            using var submitted = new Gate();
            var waiting = c.NewTask(() =>
            {
                submitted.Pass();
                return Nested.IsRefused(() => small.GetResult());
            }).Requires("cpu", 1).Run();
            small = c.NewTask(() => 1).Requires("cpu", 1).Run();
            submitted.Open();
            Nested.UntilSeen(waiting);
            Assert.False(waiting.IsDone);

            c.StageForward();
            c.NewTask(() => { }).Requires("cpu", 2).Run();
            return waiting.GetResult();
        });

        Assert.True(refused);
        gate.Open();
        Assert.Equal(1, small.GetResult(Limits.Wait));
        Nested.AssertUnharmed(scheduler);
    }

    [Fact]
    [Guarantee("W6")]
    public void A_wait_for_the_first_failure_becomes_hopeless_when_the_last_that_could_fail_has_succeeded()
    {
        var scheduler = Schedulers.New(pipelines: 3);
        using var gate = new Gate();
        using var known = new Gate();
        PipelineHandle<bool> other = null!;
        PipelineHandle<bool> outer = null!;
        outer = scheduler.Run(_ =>
        {
            known.Pass();
            var running = scheduler.Run(_ => Nested.Pass(gate));
            other = scheduler.Run(_ => Nested.IsRefused(() => outer.GetResult()));
            return Nested.IsRefused(() => scheduler.WaitPipelines<PipelineHandle>([running, other], returnWhen: ReturnWhen.FirstException));
        });
        known.Open();
        Nested.UntilSeen(outer);
        Nested.UntilSeen(other);
        gate.Open();

        Assert.NotEqual(outer.GetResult(Limits.Wait), other.GetResult(Limits.Wait));
        Nested.AssertUnharmed(scheduler);
    }

    private static void Wait(Scheduler scheduler, string how, PipelineHandle<int> handle)
    {
        switch (how)
        {
            case "GetResult":
                handle.GetResult();
                break;
            case "GetException":
                handle.GetException(Timeout.InfiniteTimeSpan);
                break;
            case "WaitPipelines":
                scheduler.WaitPipelines([handle]);
                break;
            case "AsCompleted":
                foreach (var ended in scheduler.AsCompleted([handle]))
                    Assert.Fail($"{ended} should have been waited for in vain.");
                break;
        }
    }
}
