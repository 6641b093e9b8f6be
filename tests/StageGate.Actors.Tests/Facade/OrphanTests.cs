using Akka.Event;
using Akka.TestKit.Xunit2;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>Tasks that are still open when the Run() of their pipeline has returned.</summary>
public sealed class OrphanTests : TestKit
{
    [Fact]
    [Guarantee("K3")]
    public async Task They_go_on_and_Close_waits_for_them()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var pipeline = scheduler.Run(c => (c.NewTask(gate.Pass).Run(), c.NewTask(() => 2).Run()));
        var (running, queued) = pipeline.GetResult(Limits.Wait);
        gate.WaitUntilEntered();

        var closing = scheduler.CloseAsync();

        Assert.False(closing.IsCompleted);
        Assert.False(scheduler.IsClosed);
        Assert.Equal(new TaskCounts(1, 1, 1, 0, 0, 0, 0), scheduler.Snapshot().Tasks);
        gate.Open();
        await closing.WaitAsync(Limits.Wait);
        Assert.True(scheduler.IsClosed);
        Assert.Equal(TaskState.Succeeded, running.State);
        Assert.Equal(2, queued.GetResult(TimeSpan.Zero));
    }

    [Fact]
    public void They_can_still_be_canceled_and_terminated()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var (running, queued) = scheduler.Result(c => (
            c.NewTask(ct => { gate.Pass(); ct.ThrowIfCancellationRequested(); }).Run(),
            c.NewTask(() => 2).Run()));
        gate.WaitUntilEntered();

        Assert.True(queued.Cancel());
        Assert.True(running.RequestTermination());
        gate.Open();

        Assert.Throws<WorkTerminatedException>(() => running.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("X1")]
    public void A_pipeline_that_fails_leaves_its_tasks_alone()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        TaskHandle<int>? task = null;
        var pipeline = scheduler.Run<int>(c =>
        {
            task = c.NewTask(() => { gate.Pass(); return 3; }).Run();
            throw new InvalidDataException();
        });
        Assert.NotNull(pipeline.GetException(Limits.Wait));
        gate.WaitUntilEntered();
        gate.Open();

        Assert.Equal(3, task!.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("X4")]
    public void A_failure_that_nobody_waits_for_is_logged_once_by_name_as_a_warning()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(LogEvent));
        var thrown = new InvalidDataException("unseen");
        using var scheduler = Scheduler.Attach(Sys, Schedulers.Options());
        using var gate = new Gate();
        var task = scheduler.Run(
            c => c.NewTask(() => { gate.Pass(); throw thrown; }).Named("orphan").Run(), "left").GetResult(Limits.Wait);
        gate.WaitUntilEntered();

        EventFilter.Warning(start: "task 1 'orphan' of pipeline 1 'left' failed", source: null).Expect(1, () =>
        {
            gate.Open();
            scheduler.Close();
        });

        var logged = FishForMessage<LogEvent>(log => log.LogLevel() >= LogLevel.WarningLevel, Limits.Wait);
        var warning = Assert.IsAssignableFrom<Warning>(logged);
        Assert.Same(thrown, warning.Cause);
        Assert.StartsWith("StageGate", warning.LogSource, StringComparison.Ordinal);
        AssertNoMoreWarnings();
        Assert.Same(thrown, task.GetException(TimeSpan.Zero));
    }

    [Fact]
    [Guarantee("X4")]
    public void A_failure_that_is_waited_for_and_an_end_without_a_failure_are_not_logged()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(LogEvent));
        using var scheduler = Scheduler.Attach(Sys, Schedulers.Options());
        using var gate = new Gate();
        var (observed, awaited) = scheduler.Result(c =>
        {
            c.NewTask(gate.Pass).Run();
            c.NewTask(() => { }).Run().Cancel();
            return (c.NewTask(() => throw new InvalidDataException()).Run(), c.NewTask(() => { }).Run());
        });
        var completion = observed.Completion;
        gate.Open();
        awaited.GetResult(Limits.Wait);
        scheduler.Result(c => c.Wait([c.NewTask(() => throw new InvalidDataException()).Run()], Limits.Wait));

        scheduler.Close();

        Assert.True(observed.IsDone);
        Assert.NotNull(completion);
        AssertNoMoreWarnings();
    }

    [Fact]
    [Guarantee("X4")]
    public void One_that_was_asked_to_end_and_did_is_not_logged()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(LogEvent));
        using var scheduler = Scheduler.Attach(Sys, Schedulers.Options());
        using var gate = new Gate();
        var task = scheduler.Result(c => c.NewTask(token =>
        {
            gate.Pass();
            token.ThrowIfCancellationRequested();
        }).Run());
        gate.WaitUntilEntered();
        Assert.True(task.RequestTermination());
        gate.Open();

        scheduler.Close();

        Assert.Equal(TaskState.Terminated, task.State);
        AssertNoMoreWarnings();
    }

    /// <summary>A wait for the first of several leaves the rest, whose failures nobody has seen.</summary>
    [Theory]
    [InlineData("first")]
    [InlineData("first of all as they end")]
    [InlineData("for a while")]
    [Guarantee("X4")]
    public void A_failure_is_logged_also_where_an_earlier_wait_had_been_for_it_among_others(string wait)
    {
        Sys.EventStream.Subscribe(TestActor, typeof(LogEvent));
        using var scheduler = Scheduler.Attach(Sys, Schedulers.Options());
        using var gate = new Gate();
        var pipeline = scheduler.Result(c =>
        {
            TaskHandle[] tasks = [c.NewTask(() => { }).Run(), c.NewTask(new Action(() =>
            {
                gate.Pass();
                throw new InvalidDataException();
            })).Named("orphan").Run()];
            switch (wait)
            {
                case "first":
                    return (object)c.Wait(tasks, returnWhen: ReturnWhen.FirstCompleted);
                case "for a while":
                    return c.Wait(tasks, TimeSpan.FromMilliseconds(1));
                default:
                    var sequence = c.AsCompleted(tasks);
                    foreach (var ended in sequence)
                    {
                        Assert.Same(tasks[0], ended);
                        break;
                    }

                    return sequence;
            }
        });
        gate.WaitUntilEntered();

        EventFilter.Warning(start: "task 2 'orphan' of pipeline 1 failed", source: null).Expect(1, () =>
        {
            gate.Open();
            scheduler.Close();
        });
        GC.KeepAlive(pipeline);
    }

    [Fact]
    [Guarantee("X4")]
    public void A_failure_inside_a_Run_that_goes_on_is_not_logged()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(LogEvent));
        using var scheduler = Scheduler.Attach(Sys, Schedulers.Options());
        scheduler.Result(c =>
        {
            var task = c.NewTask(() => throw new InvalidDataException()).Run();
            Assert.True(SpinWait.SpinUntil(() => task.IsDone, Limits.Wait));
            return 0;
        });

        scheduler.Close();

        AssertNoMoreWarnings();
    }

    [Fact]
    [Guarantee("N13")]
    public void A_pipeline_that_fails_is_not_logged_whether_anybody_looks_at_it_or_not()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(LogEvent));
        using var scheduler = Scheduler.Attach(Sys, Schedulers.Options());
        scheduler.Run<int>(_ => throw new InvalidDataException());
        var looked = scheduler.Run<int>(_ => throw new InvalidDataException());
        Assert.IsType<InvalidDataException>(looked.GetException(Limits.Wait));

        scheduler.Close();

        Assert.Equal(2, scheduler.Snapshot().Pipelines.Failed);
        AssertNoMoreWarnings();
    }

    /// <summary>A marker goes the way of every log event, and nothing of weight has come before it.</summary>
    private void AssertNoMoreWarnings()
    {
        Sys.EventStream.Publish(new Info(null, "test", typeof(OrphanTests), "marker"));
        FishForMessage<LogEvent>(
            log =>
            {
                Assert.True(log.LogLevel() < LogLevel.WarningLevel, log.ToString());
                return log is Info && log.Message.Equals("marker");
            },
            Limits.Wait);
    }
}
