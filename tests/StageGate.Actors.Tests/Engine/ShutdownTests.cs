using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

public class ShutdownTests
{
    private const string Refusal = "The scheduler is shutting down or closed, and accepts no more pipelines.";

    [Fact]
    [Guarantee("K1")]
    public void A_new_pipeline_is_refused_with_a_reason()
    {
        using var scheduler = Schedulers.New();
        scheduler.Shutdown();

        var refused = Assert.Throws<InvalidOperationException>(() => scheduler.Run(_ => 1));

        Assert.Equal(Refusal, refused.Message);
        Assert.Equal(0, scheduler.Snapshot().Pipelines.Total);
    }

    [Fact]
    public void A_refused_pipeline_can_be_submitted_elsewhere()
    {
        using var closed = Schedulers.New();
        using var open = Schedulers.New();
        var pipeline = new ScriptedPipeline<int>(_ => 7);
        closed.Shutdown();

        Assert.Throws<InvalidOperationException>(() => closed.RunPipeline(pipeline));

        Assert.Equal(7, open.RunPipeline(pipeline).GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("K1")]
    public void What_was_accepted_before_still_runs()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var running = scheduler.Run(_ => Pass(gate, 1));
        var queued = scheduler.Run(_ => 2);
        gate.WaitUntilEntered();

        scheduler.Shutdown();

        Assert.Equal(PipelineState.Queued, queued.State);
        gate.Open();
        Assert.Equal(1, running.GetResult(Limits.Wait));
        Assert.Equal(2, queued.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("K2")]
    public void Pending_pipelines_are_canceled_where_that_is_asked_and_running_ones_are_not()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var running = scheduler.Run(_ => Pass(gate, 1));
        var queued = scheduler.Run(_ => 2);
        gate.WaitUntilEntered();

        scheduler.Shutdown(cancelPendingPipelines: true);

        Assert.Equal(PipelineState.Canceled, queued.State);
        Assert.Throws<WorkCanceledException>(() => queued.GetResult(Limits.Wait));
        gate.Open();
        Assert.Equal(1, running.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("K1")]
    public void A_running_pipeline_goes_on_to_submit_tasks_and_to_move_through_its_stages()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var running = scheduler.Run(controls =>
        {
            gate.Pass();
            var first = controls.NewTask(() => 1).Run();
            controls.Wait([first], Limits.Wait);
            controls.StageForward();
            return first.GetResult(Limits.Wait) + controls.NewTask(() => 2).Run().GetResult(Limits.Wait);
        });
        gate.WaitUntilEntered();

        scheduler.Shutdown(cancelPendingPipelines: true);
        gate.Open();

        Assert.Equal(3, running.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("K2")]
    public void A_second_call_can_cancel_what_the_first_one_left_pending_but_not_the_other_way_round()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var running = scheduler.Run(_ => Pass(gate, 1));
        var queued = scheduler.Run(_ => 2);
        gate.WaitUntilEntered();

        scheduler.Shutdown();
        Assert.Equal(PipelineState.Queued, queued.State);
        scheduler.Shutdown(cancelPendingPipelines: true);
        Assert.Equal(PipelineState.Canceled, queued.State);
        scheduler.Shutdown();

        Assert.Equal(PipelineState.Canceled, queued.State);
        gate.Open();
        Assert.Equal(1, running.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("K2")]
    public void It_can_cancel_what_a_waiting_Close_left_pending()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        scheduler.Run(_ => Pass(gate, 1));
        var queued = scheduler.Run(_ => 2);
        gate.WaitUntilEntered();
        var closing = scheduler.CloseAsync();

        scheduler.Shutdown(cancelPendingPipelines: true);

        Assert.Equal(PipelineState.Canceled, queued.State);
        Assert.False(closing.IsCompleted);
        gate.Open();
        closing.Ends();
        Assert.Equal(new PipelineCounts(0, 0, 1, 0, 1), scheduler.Snapshot().Pipelines);
    }

    [Fact]
    public void The_properties_tell_how_far_it_is()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var running = scheduler.Run(_ => Pass(gate, 1));
        gate.WaitUntilEntered();
        AssertProgress(started: false, closed: false);

        scheduler.Shutdown();
        AssertProgress(started: true, closed: false);

        gate.Open();
        running.GetResult(Limits.Wait);
        AssertProgress(started: true, closed: false);

        scheduler.Close();
        AssertProgress(started: true, closed: true);

        void AssertProgress(bool started, bool closed)
        {
            Assert.Equal(started, scheduler.ShutdownStarted);
            Assert.Equal(closed, scheduler.IsClosed);
            Assert.Equal(started, scheduler.Snapshot().ShutdownStarted);
            Assert.Equal(closed, scheduler.Snapshot().IsClosed);
        }
    }

    [Fact]
    [Guarantee("K4")]
    public void It_may_be_called_by_many_threads_at_a_time_and_from_inside_the_schedulers_work()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var running = scheduler.Run(controls =>
        {
            gate.Pass();
            scheduler.Shutdown();
            return controls.NewTask(() =>
            {
                scheduler.Shutdown(cancelPendingPipelines: true);
                return 1;
            }).Run().GetResult(Limits.Wait);
        });
        var queued = scheduler.Run(_ => 2);
        gate.WaitUntilEntered();

        Bounded.OnOwnThreads(64, i =>
        {
            scheduler.Shutdown(cancelPendingPipelines: i % 2 == 1);
            return true;
        }).End();

        Assert.Equal(PipelineState.Canceled, queued.State);
        gate.Open();
        Assert.Equal(1, running.GetResult(Limits.Wait));
    }

    private static int Pass(Gate gate, int result)
    {
        gate.Pass();
        return result;
    }
}
