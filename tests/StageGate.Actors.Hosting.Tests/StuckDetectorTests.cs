using StageGate.Actors.Hosting.Health;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Hosting.Tests;

public class StuckDetectorTests
{
    private readonly StuckDetector _detector = new(TimeSpan.FromSeconds(10));

    [Fact]
    public void A_head_that_is_held_up_from_one_look_to_the_next_is_stuck_once_the_time_is_over()
    {
        var heldUp = Snapshot() with { IsHeadHeldUp = true };

        Assert.Null(Look(heldUp, 0));
        Assert.Null(Look(heldUp, 9));
        Assert.Equal(TimeSpan.FromSeconds(10), Look(heldUp, 10));
        Assert.Equal(TimeSpan.FromSeconds(70), Look(heldUp, 70));
    }

    [Fact]
    [Guarantee("N17")]
    public void One_look_proves_nothing_and_where_nobody_looks_again_nobody_knows()
    {
        var heldUp = Snapshot() with { IsHeadHeldUp = true };

        Assert.Null(Look(heldUp, 1_000));
        Assert.Null(Look(Snapshot(succeeded: 1), 5_000));
        Assert.Null(Look(heldUp, 6_000));
    }

    [Fact]
    [Guarantee("N17")]
    public void How_late_it_is_known_depends_on_who_looks()
    {
        var heldUp = Snapshot() with { IsHeadHeldUp = true };

        Assert.Null(Look(heldUp, 0));
        Assert.Equal(TimeSpan.FromSeconds(3_600), Look(heldUp, 3_600));
    }

    [Fact]
    public void An_admitted_task_that_never_begins_is_stuck()
    {
        var ready = Snapshot(admitted: 1) with { AdmittedTasks = [new AdmittedTask(1, null, 1, null, IsRunning: false)] };

        Assert.Null(Look(ready, 0));
        Assert.Equal(TimeSpan.FromSeconds(10), Look(ready, 10));
    }

    [Fact]
    public void A_task_that_runs_for_long_is_not_stuck_nor_is_a_line_behind_it()
    {
        var running = Snapshot(queued: 5, admitted: 1, running: 1) with
        {
            AdmittedTasks = [new AdmittedTask(1, null, 1, null, IsRunning: true)],
        };

        Assert.Null(Look(running, 0));
        Assert.Null(Look(running, 1_000));
    }

    [Fact]
    public void Any_progress_begins_the_time_anew()
    {
        Assert.Null(Look(Snapshot() with { IsHeadHeldUp = true }, 0));
        Assert.Null(Look(Snapshot(succeeded: 1) with { IsHeadHeldUp = true }, 10));
        Assert.Null(Look(Snapshot(succeeded: 1, pipelines: 1) with { IsHeadHeldUp = true }, 15));
        Assert.Null(Look(Snapshot(succeeded: 1, pipelines: 1) with { IsHeadHeldUp = true }, 24));
        Assert.Equal(TimeSpan.FromSeconds(10), Look(Snapshot(succeeded: 1, pipelines: 1) with { IsHeadHeldUp = true }, 25));
    }

    [Fact]
    public void A_look_at_which_nothing_is_held_up_begins_the_time_anew()
    {
        Assert.Null(Look(Snapshot() with { IsHeadHeldUp = true }, 0));
        Assert.Null(Look(Snapshot(), 5));
        Assert.Null(Look(Snapshot() with { IsHeadHeldUp = true }, 10));
        Assert.NotNull(Look(Snapshot() with { IsHeadHeldUp = true }, 20));
    }

    private TimeSpan? Look(SchedulerSnapshot snapshot, int seconds) => _detector.Look(snapshot, TimeSpan.FromSeconds(seconds));

    private static SchedulerSnapshot Snapshot(
        long queued = 0, long admitted = 0, long running = 0, long succeeded = 0, long pipelines = 0) =>
        new(
            false, false, 1, 1,
            new PipelineCounts(0, 0, pipelines, 0, 0), new TaskCounts(queued, admitted, running, succeeded, 0, 0, 0), [], []);
}
