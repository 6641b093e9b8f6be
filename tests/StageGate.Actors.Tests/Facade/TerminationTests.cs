using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

public class TerminationTests
{
    [Fact]
    [Guarantee("T1")]
    public void A_queued_task_is_canceled_and_never_runs()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var ran = false;
        var (_, task) = scheduler.Result(c => (c.NewTask(gate.Pass).Run(), c.NewTask(_ => { ran = true; }).Run()));

        Assert.True(task.RequestTermination());

        Assert.Equal(TaskState.Canceled, task.State);
        Assert.Throws<WorkCanceledException>(() => task.GetResult(TimeSpan.Zero));
        Assert.False(task.RequestTermination());
        gate.Open();
        scheduler.Close();
        Assert.False(ran);
    }

    [Fact]
    [Guarantee("T1")]
    public void A_ready_task_is_canceled_never_runs_and_gives_back_what_it_held()
    {
        var workers = new HeldWorkers();
        using var scheduler = new Scheduler(workers.Options(1, ("cpu", 1)));
        using var release = workers;
        var ran = false;
        var task = scheduler.Result(c => c.NewTask(_ => { ran = true; }).Requires("cpu", 1).Run());
        Assert.Equal(TaskState.Ready, task.State);

        Assert.True(task.RequestTermination());

        Assert.Equal(TaskState.Canceled, task.State);
        Assert.Equal(1, Assert.Single(scheduler.Snapshot().Resources).Available);
        workers.Dispose();
        scheduler.Close();
        Assert.False(ran);
    }

    [Fact]
    [Guarantee("T1")]
    public void The_token_of_a_running_task_is_cancelled_when_the_request_returns_and_the_request_may_be_repeated()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        CancellationToken token = default;
        var task = scheduler.Result(c => c.NewTask(ct =>
        {
            token = ct;
            gate.Pass();
            ct.ThrowIfCancellationRequested();
        }).Run());
        gate.WaitUntilEntered();
        Assert.True(token.CanBeCanceled);
        Assert.False(token.IsCancellationRequested);

        Assert.True(task.RequestTermination());

        Assert.True(token.IsCancellationRequested);
        Assert.Equal(TaskState.Running, task.State);
        Assert.True(task.RequestTermination());
        Assert.True(task.RequestTermination());
        gate.Open();
        Assert.Throws<WorkTerminatedException>(() => task.GetResult(Limits.Wait));
        Assert.Equal(TaskState.Terminated, task.State);
    }

    [Fact]
    [Guarantee("T1", "T2")]
    public void A_task_that_throws_for_its_token_is_terminated()
    {
        using var scheduler = Schedulers.New(resources: ("cpu", 1));
        OperationCanceledException? thrown = null;
        var task = Terminated(scheduler, ct =>
        {
            thrown = new OperationCanceledException("as asked", ct);
            throw thrown;
        });

        Assert.Equal(TaskState.Terminated, task.State);
        Assert.True(task.IsDone);
        Assert.False(task.IsCanceled);
        Assert.False(task.IsRunning);
        Assert.True(task.Completion.IsCanceled);
        var result = Assert.Throws<WorkTerminatedException>(() => task.GetResult());
        Assert.IsAssignableFrom<OperationCanceledException>(result);
        Assert.Same(thrown, result.InnerException);
        Assert.Contains("task 1 'asked'", result.Message, StringComparison.Ordinal);
        Assert.Throws<WorkTerminatedException>(() => task.GetException());
        Assert.False(task.RequestTermination());
        Assert.False(task.Cancel());
        Assert.Equal(new TaskCounts(0, 0, 0, 0, 0, 1, 0), scheduler.Snapshot().Tasks);
        Assert.Equal(0, Assert.Single(scheduler.Snapshot().Resources).InUse);
    }

    [Fact]
    [Guarantee("T2")]
    public void A_task_that_returns_all_the_same_has_succeeded()
    {
        using var scheduler = Schedulers.New(resources: ("cpu", 1));

        var task = Terminated(scheduler, _ => { });

        Assert.Equal(TaskState.Succeeded, task.State);
        task.GetResult();
        Assert.Null(task.GetException());
    }

    [Fact]
    [Guarantee("T2")]
    public void A_task_that_throws_anything_else_has_failed()
    {
        using var scheduler = Schedulers.New(resources: ("cpu", 1));
        var thrown = new InvalidDataException();

        var task = Terminated(scheduler, _ => throw thrown);

        Assert.Equal(TaskState.Failed, task.State);
        Assert.Same(thrown, task.GetException());
    }

    [Fact]
    [Guarantee("T3")]
    public void A_task_without_a_request_that_throws_OperationCanceledException_has_failed_with_it()
    {
        using var scheduler = Schedulers.New();
        OperationCanceledException[] thrown = [new("plain"), new TaskCanceledException("of a task"), new WorkCanceledException("of ours")];

        var tasks = scheduler.Result(c =>
        {
            TaskHandle[] submitted =
            [
                .. thrown.Select(exception => c.NewTask(() => throw exception).Run()),
                .. thrown.Select(exception => c.NewTask(_ => Task.FromException(exception)).Run()),
            ];
            c.Wait(submitted);
            return submitted;
        });

        foreach (var (task, exception) in tasks.Zip(thrown.Concat(thrown)))
        {
            Assert.Equal(TaskState.Failed, task.State);
            Assert.Same(exception, task.GetException());
            Assert.True(task.Completion.IsFaulted);
            Assert.False(task.IsCanceled);
        }
    }

    [Fact]
    [Guarantee("T2")]
    public void A_task_that_takes_no_token_may_be_asked_too()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var task = scheduler.Result(c => c.NewTask(() =>
        {
            gate.Pass();
            throw new OperationCanceledException("of its own accord");
        }).Run());
        gate.WaitUntilEntered();

        Assert.True(task.RequestTermination());
        Assert.True(task.RequestTermination());
        gate.Open();

        Assert.Throws<WorkTerminatedException>(() => task.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("T6")]
    public void A_token_that_nobody_asked_for_is_never_cancelled()
    {
        using var scheduler = Schedulers.New();
        CancellationToken token = default;

        scheduler.Result(c => c.NewTask(ct => { token = ct; }).Run().GetException(Limits.Wait));
        scheduler.Close();

        Assert.False(token.IsCancellationRequested);
    }

    [Fact]
    public void A_pipeline_may_terminate_its_own_task_and_wait_for_it()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();

        var state = scheduler.Result(c =>
        {
            var task = c.NewTask(async ct =>
            {
                gate.Open();
                await new TaskCompletionSource().Task.WaitAsync(ct);
            }).Run();
            gate.Pass();
            Assert.True(task.RequestTermination());
            c.Wait([task], Limits.Wait);
            return task.State;
        });

        Assert.Equal(TaskState.Terminated, state);
    }

    private static TaskHandle Terminated(Scheduler scheduler, Action<CancellationToken> ending)
    {
        using var gate = new Gate();
        var task = scheduler.Result(c => c.NewTask(ct =>
        {
            gate.Pass();
            ending(ct);
        }).Requires("cpu", 1).Named("asked").Run());
        gate.WaitUntilEntered();
        Assert.True(task.RequestTermination());
        gate.Open();
        Assert.True(((IAsyncResult)task.Completion).AsyncWaitHandle.WaitOne(Limits.Wait));
        return task;
    }
}
