using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>Waits inside the scheduler's own work that something can still end, or that are not known, are left alone.</summary>
public class NestedWaitTests
{
    [Fact]
    [Guarantee("W7")]
    public void A_Run_may_wait_for_a_queued_pipeline_as_long_as_another_one_works()
    {
        var scheduler = Schedulers.New(pipelines: 2);
        using var gate = new Gate();
        var working = scheduler.Run(_ => Nested.Pass(gate));

        var outer = scheduler.Run(_ => scheduler.Run(_ => 3).GetResult());
        Nested.UntilSeen(outer);
        Assert.Equal(1, scheduler.Snapshot().Pipelines.Queued);
        gate.Open();

        Assert.Equal(3, outer.GetResult(Limits.Wait));
        Assert.Equal(1, working.GetResult(Limits.Wait));
        Nested.AssertUnharmed(scheduler);
    }

    [Fact]
    [Guarantee("W7", "N4")]
    public void An_async_pipeline_that_runs_counts_as_working_whatever_it_awaits()
    {
        var scheduler = Schedulers.New(pipelines: 2);
        var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var awaiting = scheduler.RunAsync<int>(_ => source.Task);

        var outer = scheduler.Run(_ => scheduler.Run(_ => 3).GetResult());
        Nested.UntilSeen(outer);
        source.SetResult(1);

        Assert.Equal(3, outer.GetResult(Limits.Wait));
        Assert.Equal(1, awaiting.GetResult(Limits.Wait));
        Nested.AssertUnharmed(scheduler);
    }

    [Fact]
    [Guarantee("W7", "N4")]
    public void A_wait_with_a_time_out_is_left_alone()
    {
        var scheduler = Schedulers.New();
        using var submitted = new Gate();
        PipelineHandle<int> inner = null!;

        var outer = scheduler.Run(_ =>
        {
            inner = scheduler.Run(_ => 3);
            Assert.Throws<TimeoutException>(() => inner.GetResult(TimeSpan.FromMilliseconds(1)));
            Assert.Equal([inner], scheduler.WaitPipelines([inner], TimeSpan.FromMilliseconds(1)).Pending);
            submitted.Open();
            Assert.Throws<WorkCanceledException>(() => inner.GetResult(Limits.Wait));
            return 1;
        });
        submitted.Pass();

        Assert.True(inner.Cancel());
        Assert.Equal(1, outer.GetResult(Limits.Wait));
        Nested.AssertUnharmed(scheduler);
    }

    [Fact]
    [Guarantee("N4")]
    public void A_wait_on_a_thread_that_is_none_of_the_schedulers_is_left_alone()
    {
        var scheduler = Schedulers.New();
        using var submitted = new Gate();
        PipelineHandle<int> inner = null!;

        var outer = scheduler.Run(_ =>
        {
            inner = scheduler.Run(_ => 3);
            var waiting = Bounded.OnOwnThread(() =>
            {
                submitted.Open();
                return inner.GetResult();
            });
            waiting.EndsSomehow();
            return waiting.Exception?.InnerException?.GetType();
        });
        submitted.Pass();

        Assert.True(inner.Cancel());
        Assert.Equal(typeof(WorkCanceledException), outer.GetResult(Limits.Wait));
        Nested.AssertUnharmed(scheduler);
    }

    [Fact]
    [Guarantee("W7")]
    public void A_wait_for_the_first_of_several_is_left_alone_while_one_of_them_can_end()
    {
        var scheduler = Schedulers.New(pipelines: 2);
        using var gate = new Gate();
        using var known = new Gate();
        PipelineHandle<int> own = null!;
        PipelineHandle<int> working = null!;
        own = scheduler.Run(_ =>
        {
            known.Pass();
            working = scheduler.Run(_ => Nested.Pass(gate));
            return scheduler.WaitPipelines([own, working], returnWhen: ReturnWhen.FirstCompleted).Done.Single().GetResult();
        });
        known.Open();
        Nested.UntilSeen(own);
        gate.Open();

        Assert.Equal(1, own.GetResult(Limits.Wait));
        Nested.AssertUnharmed(scheduler);
    }

    [Fact]
    [Guarantee("W7")]
    public void Tasks_may_wait_for_each_other_in_a_row()
    {
        var scheduler = Schedulers.New(tasks: 3, resources: ("cpu", 3));
        using var gate = new Gate();
        TaskHandle<int> second = null!;
        TaskHandle<int> third = null!;

        var pipeline = scheduler.Run(c =>
        {
            var first = c.NewTask(() => Nested.Pass(gate)).Requires("cpu", 1).Run();
            second = c.NewTask(() => first.GetResult() + 1).Requires("cpu", 1).Run();
            third = c.NewTask(() => second.GetResult() + 1).Requires("cpu", 1).Run();
            var line = c.NewTask(() => 4).Requires("cpu", 3).Run();
            gate.WaitUntilEntered();
            c.Wait([line, third]);
            return third.GetResult();
        });
        gate.WaitUntilEntered();
        Assert.True(SpinWait.SpinUntil(() => third is not null, Limits.Wait));
        Nested.UntilSeen(second);
        Nested.UntilSeen(third);
        gate.Open();

        Assert.Equal(3, pipeline.GetResult(Limits.Wait));
        Nested.AssertUnharmed(scheduler);
    }

    [Fact]
    [Guarantee("W7", "N4")]
    public void A_wait_for_work_of_another_scheduler_is_left_alone()
    {
        var outside = Schedulers.New();
        var inside = Schedulers.New();
        using var gate = new Gate();
        var working = inside.Run(_ => Nested.Pass(gate));
        using var submitted = new Gate();

        var outer = outside.Run(_ =>
        {
            var inner = inside.Run(_ => 3);
            submitted.Open();
            return inside.WaitPipelines([inner]).Done.Single().GetResult() + working.GetResult();
        });
        submitted.Pass();
        gate.Open();

        Assert.Equal(4, outer.GetResult(Limits.Wait));
        Nested.AssertUnharmed(outside);
        Nested.AssertUnharmed(inside);
    }
}
