using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>Where the first one cannot start, nobody overtakes it; where it goes away, the next one starts at once.</summary>
public class HeadOfLineTests
{
    [Fact]
    [Guarantee("A2")]
    public void A_first_task_that_does_not_fit_is_overtaken_by_nobody_behind_it()
    {
        using var scheduler = Schedulers.New(tasks: 4, resources: ("cpu", 4));
        using var gate = new Gate();
        var ran = 0;

        var (large, small, none) = scheduler.Result(c =>
        {
            c.NewTask(gate.Pass).Requires("cpu", 3).Run();
            var note = c.NewTask(() => Interlocked.Increment(ref ran));
            return (note.Requires("cpu", 2).Run(), note.Requires("cpu", 1).Run(), note.Requires("cpu", 0).Run());
        });

        gate.WaitUntilEntered();
        Assert.Equal(new TaskCounts(3, 1, 1, 0, 0, 0, 0), scheduler.Snapshot().Tasks);
        Assert.Equal(new ResourceUsage("cpu", 4, 3), Assert.Single(scheduler.Snapshot().Resources));
        Assert.All(new TaskHandle[] { large, small, none }, handle => Assert.Equal(TaskState.Queued, handle.State));
        gate.Open();
        scheduler.Close();
        Assert.Equal(3, ran);
    }

    [Fact]
    [Guarantee("A1", "A3")]
    public void A_task_of_a_later_stage_becomes_the_first_and_goes_where_the_former_first_does_not_fit()
    {
        using var scheduler = Schedulers.New(tasks: 4, resources: ("cpu", 4));
        using var gate = new Gate();

        var (large, later) = scheduler.Result(c =>
        {
            c.NewTask(gate.Pass).Requires("cpu", 3).Run();
            var waits = c.NewTask(() => { }).Requires("cpu", 2).Run();
            c.StageForward();
            return (waits, c.NewTask(() => 1).Requires("cpu", 1).Run());
        });

        Assert.Equal(1, later.GetResult(Limits.Wait));
        Assert.Equal(TaskState.Queued, large.State);
    }

    /// <summary>Nothing else is posted or asked meanwhile, which would have the scheduler look again at what it may have overlooked.</summary>
    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    [Guarantee("A1", "A3")]
    public void It_goes_also_where_its_submission_is_all_that_happens(string dispatcher)
    {
        using var scheduler = new Scheduler(Schedulers.Options(tasks: 4, resources: ("cpu", 4)).On(dispatcher));
        using var gate = new Gate();
        using var begun = new Gate();
        begun.Open();

        scheduler.Result(c =>
        {
            c.NewTask(gate.Pass).Requires("cpu", 3).Run();
            gate.WaitUntilEntered();
            c.NewTask(() => { }).Requires("cpu", 2).Run();
            c.StageForward();
            c.NewTask(begun.Pass).Requires("cpu", 1).Run();
            begun.WaitUntilEntered();
            return 0;
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Guarantee("A3")]
    public void A_first_task_that_is_canceled_or_asked_to_terminate_lets_the_next_one_through_at_once(bool terminate)
    {
        using var scheduler = Schedulers.New(tasks: 2, resources: ("cpu", 2));
        using var gate = new Gate();
        var (head, next) = scheduler.Result(c =>
        {
            c.NewTask(gate.Pass).Requires("cpu", 1).Run();
            return (c.NewTask(() => 0).Requires("cpu", 2).Run(), c.NewTask(() => 1).Requires("cpu", 1).Run());
        });
        gate.WaitUntilEntered();
        Assert.Equal(TaskState.Queued, next.State);

        Assert.True(terminate ? head.RequestTermination() : head.Cancel());

        Assert.Equal(1, next.GetResult(Limits.Wait));
        Assert.Equal(TaskState.Canceled, head.State);
        Assert.False(gate.IsOpen);
    }

    [Fact]
    [Guarantee("S1")]
    public void A_canceled_first_pipeline_lets_the_next_one_through()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        scheduler.Run(_ => { gate.Pass(); return 0; });
        gate.WaitUntilEntered();
        var head = scheduler.Run(_ => 1);
        var next = scheduler.Run(_ => 2);

        Assert.True(head.Cancel());
        gate.Open();

        Assert.Equal(2, next.GetResult(Limits.Wait));
    }
}
