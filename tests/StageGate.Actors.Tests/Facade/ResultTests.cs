using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>GetResult and GetException of tasks and pipelines, and their time-outs.</summary>
public class ResultTests
{
    [Fact]
    [Guarantee("W1")]
    public void A_poll_of_work_that_has_not_ended_times_out_and_names_it_with_its_state()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var pipeline = scheduler.Run(c =>
        {
            var task = c.NewTask(() => { gate.Pass(); return 1; }).Named("slow").Run();
            AssertTimesOut(task, "task 1 'slow' (Running)", gate);
            return task;
        });
        var task = pipeline.GetResult(Limits.Wait);
        Assert.Equal(1, task.GetResult(Limits.Wait));
        using var second = new Gate();
        var running = scheduler.Run(_ => { second.Pass(); return 2; }, "busy");
        AssertTimesOut(running, "pipeline 2 'busy' (Running)", second);
        Assert.Equal(2, running.GetResult(Limits.Wait));
    }

    [Theory]
    [MemberData(nameof(WaitTests.LongTimeouts), MemberType = typeof(WaitTests))]
    [Guarantee("W1")]
    public void However_long_the_time_out_the_result_comes_with_the_end(TimeSpan? timeout)
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var (result, exception) = (
            scheduler.Run(c => c.NewTask(() => { gate.Pass(); return 1; }).Run().GetResult(timeout)),
            scheduler.Run(c => c.NewTask(gate.Pass).Run().GetException(timeout)));
        gate.WaitUntilEntered();
        gate.Open();

        Assert.Equal(1, result.GetResult(Limits.Wait));
        Assert.Null(exception.GetResult(Limits.Wait));
        Assert.Equal(1, result.GetResult(timeout));
        Assert.Null(result.GetException(timeout));
    }

    [Fact]
    [Guarantee("W1")]
    public void A_negative_time_out_is_refused_though_the_work_has_ended()
    {
        using var scheduler = Schedulers.New();
        var pipeline = scheduler.Run(c =>
        {
            var task = c.NewTask(() => 1).Run();
            task.GetResult(Limits.Wait);
            return task;
        });
        var task = pipeline.GetResult(Limits.Wait);

        foreach (var timeout in (TimeSpan[])[TimeSpan.FromTicks(-1), TimeSpan.FromMilliseconds(-2), TimeSpan.MinValue])
        {
            Action[] calls =
            [
                () => task.GetResult(timeout),
                () => task.GetException(timeout),
                () => ((TaskHandle)task).GetResult(timeout),
                () => pipeline.GetResult(timeout),
                () => pipeline.GetException(timeout),
                () => ((PipelineHandle)pipeline).GetResult(timeout),
            ];
            Assert.All(calls, call => Assert.Equal("timeout", Assert.Throws<ArgumentOutOfRangeException>(call).ParamName));
        }
    }

    [Fact]
    public void The_plain_handle_ends_or_throws_like_the_generic_one()
    {
        using var scheduler = Schedulers.New();
        var thrown = new InvalidDataException();
        var tasks = scheduler.Result(
            c => new TaskHandle[] { c.NewTask(() => 1).Run(), c.NewTask((Func<int>)(() => throw thrown)).Run() });
        PipelineHandle[] pipelines = [scheduler.Run(_ => 1), scheduler.Run<int>(_ => throw thrown)];

        foreach (var (succeeded, failed) in new (WorkHandle, WorkHandle)[] { (tasks[0], tasks[1]), (pipelines[0], pipelines[1]) })
        {
            succeeded.GetResult(Limits.Wait);
            Assert.Null(succeeded.GetException());
            Assert.Same(thrown, Assert.Throws<InvalidDataException>(() => failed.GetResult(Limits.Wait)));
            Assert.Same(thrown, failed.GetException());
        }
    }

    [Fact]
    public void A_result_may_be_null_or_a_value_and_is_the_same_each_time()
    {
        using var scheduler = Schedulers.New();
        var result = new object();

        var (task, nothing) = scheduler.Result(c => (c.NewTask(() => result).Run(), c.NewTask(() => (object?)null).Run()));

        Assert.Same(result, task.GetResult(Limits.Wait));
        Assert.Same(result, task.GetResult(TimeSpan.Zero));
        Assert.Null(nothing.GetResult(Limits.Wait));
        Assert.Null(nothing.GetException());
    }

    [Fact]
    public async Task Many_threads_wait_for_one_result()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var pipeline = scheduler.Run(_ => { gate.Pass(); return 42; });
        // Never disposed: the last to signal may still be inside when the waiter has gone on.
        var ready = new CountdownEvent(8);
        var waits = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                ready.Signal();
                return pipeline.GetResult(Limits.Wait);
            },
            TaskCreationOptions.LongRunning)).ToArray();

        Assert.True(ready.Wait(Limits.Wait));
        gate.Open();

        Assert.All(await Task.WhenAll(waits).WaitAsync(Limits.Wait), result => Assert.Equal(42, result));
    }

    private static void AssertTimesOut(WorkHandle handle, string named, Gate gate)
    {
        gate.WaitUntilEntered();
        foreach (var timeout in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(2)])
        {
            Assert.Contains(named, Assert.Throws<TimeoutException>(() => handle.GetResult(timeout)).Message, StringComparison.Ordinal);
            Assert.Contains(named, Assert.Throws<TimeoutException>(() => handle.GetException(timeout)).Message, StringComparison.Ordinal);
        }

        gate.Open();
    }
}
