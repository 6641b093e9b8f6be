using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>When a pipeline and all its tasks have ended.</summary>
[Guarantee("V6")]
public class DrainedTests
{
    [Fact]
    public void It_comes_after_the_last_task_that_Run_left_behind()
    {
        using var scheduler = Schedulers.New(tasks: 2);
        using var first = new Gate();
        using var second = new Gate();
        var pipeline = scheduler.Run(c => (c.NewTask(first.Pass).Run(), c.NewTask(second.Pass).Run()));
        var drained = pipeline.Drained;
        var (one, two) = pipeline.GetResult(Limits.Wait);

        first.Open();
        one.GetResult(Limits.Wait);
        Assert.False(drained.IsCompleted);
        Assert.False(pipeline.Drained.IsCompleted);
        second.Open();

        drained.Ends();
        Assert.True(two.IsDone);
        pipeline.Drained.Ends();
    }

    [Fact]
    public void It_succeeds_where_the_pipeline_fails_or_is_canceled()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var failing = scheduler.Run<int>(_ =>
        {
            gate.Pass();
            throw new InvalidDataException();
        });
        var canceled = scheduler.Run(_ => 1);
        Assert.True(canceled.Cancel());

        canceled.Drained.Ends();
        Assert.False(failing.Drained.IsCompleted);
        gate.Open();
        failing.Drained.Ends();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_ends_when_the_scheduler_dies_whether_Run_or_only_a_task_was_open(bool inRun)
    {
        using var system = Systems.New();
        var scheduler = Scheduler.Attach(system, Schedulers.Options(), Systems.SchedulerName);
        using var gate = new Gate();
        var pipeline = scheduler.Run(c =>
        {
            var task = c.NewTask(gate.Pass).Run();
            if (inRun)
                c.Wait([task]);
            return 0;
        });
        gate.WaitUntilEntered();
        if (!inRun)
            pipeline.GetResult(Limits.Wait);
        Assert.False(pipeline.Drained.IsCompleted);

        system.Stop(system.EngineActor("/scheduler"));

        pipeline.Drained.Ends();
    }

    /// <summary>
    /// The first task that was given up told that the pipeline was drained, while all the others, and the pipeline, were still open.
    /// </summary>
    [Fact]
    public void When_the_scheduler_dies_it_comes_after_the_end_of_the_pipeline_and_of_every_task()
    {
        using var system = Systems.New();
        var scheduler = Scheduler.Attach(system, Schedulers.Options(), Systems.SchedulerName);
        using var gate = new Gate();
        using var submitted = new Gate();
        List<TaskHandle> tasks = [];
        var pipeline = scheduler.Run(c =>
        {
            tasks.Add(c.NewTask(gate.Pass).Run());
            for (var i = 0; i < 20_000; i++)
                tasks.Add(c.NewTask(() => 1).Run());
            submitted.Pass();
            return 0;
        });
        submitted.WaitUntilEntered();
        var open = Bounded.OnOwnThread(() =>
        {
            pipeline.Drained.Ends();
            return (pipeline.IsDone, tasks.Count(task => !task.IsDone));
        });

        system.Stop(system.EngineActor("/scheduler"));

        Assert.Equal((true, 0), open.Ends());
    }
}
