using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

public class CloseTests
{
    private static readonly string[] s_ways = ["Close", "CloseAsync", "Dispose", "DisposeAsync"];

    public static TheoryData<string> Ways => [.. s_ways];

    [Theory]
    [MemberData(nameof(Ways))]
    [Guarantee("K3")]
    public void It_waits_for_what_runs_and_for_what_is_pending(string way)
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var running = scheduler.Run(_ => Pass(gate, 1));
        var queued = scheduler.Run(_ => 2);
        gate.WaitUntilEntered();

        var closing = Bounded.OnOwnThread(() => Close(scheduler, way));

        Assert.False(closing.IsCompleted);
        Assert.False(scheduler.IsClosed);
        gate.Open();
        closing.Ends();
        Assert.True(scheduler.IsClosed);
        Assert.Equal(1, running.GetResult(TimeSpan.Zero));
        Assert.Equal(2, queued.GetResult(TimeSpan.Zero));
    }

    [Fact]
    public void The_asynchronous_one_does_not_block_its_caller()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        scheduler.Run(_ => Pass(gate, 1));
        gate.WaitUntilEntered();

        var closing = scheduler.CloseAsync();

        Assert.True(scheduler.ShutdownStarted);
        Assert.False(closing.IsCompleted);
        gate.Open();
        closing.Ends();
    }

    [Fact]
    [Guarantee("K3")]
    public void It_waits_for_the_tasks_of_a_pipeline_that_has_returned()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var (running, queued) = scheduler.Result(controls =>
            (controls.NewTask(() => Pass(gate, 1)).Run(), controls.NewTask(() => 2).Run()));
        gate.WaitUntilEntered();

        var closing = Bounded.OnOwnThread(() => scheduler.Close(cancelPendingPipelines: true));

        Assert.False(closing.IsCompleted);
        Assert.Equal(TaskState.Queued, queued.State);
        gate.Open();
        closing.Ends();
        Assert.Equal(1, running.GetResult(TimeSpan.Zero));
        Assert.Equal(2, queued.GetResult(TimeSpan.Zero));
    }

    [Fact]
    [Guarantee("K2")]
    public void It_cancels_what_is_pending_where_that_is_asked()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        scheduler.Run(_ => Pass(gate, 1));
        var queued = scheduler.Run(_ => 2);
        gate.WaitUntilEntered();

        var closing = scheduler.CloseAsync(cancelPendingPipelines: true);

        Assert.Throws<WorkCanceledException>(() => queued.GetResult(Limits.Wait));
        gate.Open();
        closing.Ends();
    }

    [Fact]
    [Guarantee("K2")]
    public void A_later_call_can_cancel_what_an_earlier_one_is_waiting_for()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        scheduler.Run(_ => Pass(gate, 1));
        var queued = scheduler.Run(_ => 2);
        gate.WaitUntilEntered();

        var gentle = scheduler.CloseAsync();
        Assert.Equal(PipelineState.Queued, queued.State);
        var strict = scheduler.CloseAsync(cancelPendingPipelines: true);

        Assert.Throws<WorkCanceledException>(() => queued.GetResult(Limits.Wait));
        gate.Open();
        gentle.Ends();
        strict.Ends();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    [Guarantee("K4")]
    public void It_may_be_called_again(string way)
    {
        var scheduler = Schedulers.New();
        Assert.Equal(1, scheduler.Result(_ => 1));

        foreach (var again in (string[])[way, .. s_ways, way])
            Bounded.OnOwnThread(() => Close(scheduler, again)).Ends();
        scheduler.Shutdown(cancelPendingPipelines: true);

        Assert.True(scheduler.IsClosed);
    }

    [Fact]
    [Guarantee("K4")]
    public void Sixty_four_threads_may_call_it_at_a_time_in_every_way()
    {
        var scheduler = Schedulers.New(pipelines: 2, tasks: 2);
        using var gate = new Gate();
        var running = scheduler.Run(controls => controls.NewTask(() => Pass(gate, 1)).Run().GetResult(Limits.Wait));
        gate.WaitUntilEntered();

        var closers = Bounded.OnOwnThreads(64, i =>
        {
            if (i % 5 == 4)
                scheduler.Shutdown(cancelPendingPipelines: i % 2 == 0);
            else
                Close(scheduler, s_ways[i % 5]);
            return i % 5 == 4 || (running.IsDone && scheduler.IsClosed);
        });
        gate.Open();

        Assert.All(closers.End(), Assert.True);
        Assert.Equal(1, running.GetResult(TimeSpan.Zero));
    }

    [Fact]
    public void It_returns_on_a_scheduler_that_never_did_anything() => Schedulers.New(pipelines: 3, tasks: 3).Close();

    [Fact]
    [Guarantee("K7")]
    public void Handles_and_snapshots_stay_usable_after_it()
    {
        var scheduler = Schedulers.New(tasks: 2, resources: ("cpu", 2));
        var failure = new FormatException();
        TaskHandle<int> task = null!;
        var good = scheduler.Run(
            controls =>
            {
                task = controls.NewTask(() => 5).Requires("cpu", 2).Named("five").Run();
                return task.GetResult(Limits.Wait);
            },
            "good");
        var bad = scheduler.Run<int>(_ => throw failure);
        bad.GetException(Limits.Wait);

        scheduler.Close();

        Assert.Equal(5, good.GetResult());
        Assert.Equal(5, task.GetResult(TimeSpan.Zero));
        Assert.Equal(5, good.Completion.Ends());
        Assert.Same(failure, bad.GetException());
        Assert.False(good.Cancel());
        Assert.False(task.Cancel());
        Assert.False(task.RequestTermination());
        Assert.Equal("task 1 'five' (Succeeded)", task.ToString());
        Assert.Equal([good, bad], scheduler.WaitPipelines([good, bad], Limits.Wait).Done.OrderBy(handle => handle.Id));
        Assert.Equal(new PipelineSnapshot(1, "good", PipelineState.Succeeded, 0, new TaskCounts(0, 0, 0, 1, 0, 0, 0)), good.Snapshot());
        var snapshot = scheduler.Snapshot();
        Assert.Equal(new PipelineCounts(0, 0, 1, 1, 0), snapshot.Pipelines);
        Assert.Equal(new TaskCounts(0, 0, 0, 1, 0, 0, 0), snapshot.Tasks);
        Assert.Equal([new ResourceUsage("cpu", 2, 0)], snapshot.Resources);
        Assert.Empty(snapshot.RunningPipelines);
    }

    [Fact]
    public void New_pipelines_are_refused_after_it_as_by_a_closed_scheduler_and_not_by_a_dead_one()
    {
        var scheduler = Schedulers.New();
        scheduler.Close();

        Assert.Throws<InvalidOperationException>(() => scheduler.Run(_ => 1));
    }

    private static void Close(Scheduler scheduler, string way)
    {
        switch (way)
        {
            case "Close":
                scheduler.Close();
                break;
            case "CloseAsync":
                scheduler.CloseAsync().Ends();
                break;
            case "Dispose":
                scheduler.Dispose();
                break;
            default:
                scheduler.DisposeAsync().AsTask().Ends();
                break;
        }
    }

    private static int Pass(Gate gate, int result)
    {
        gate.Pass();
        return result;
    }
}
