using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>For how much of it Pipeline.Wait waits.</summary>
public class WaitModeTests
{
    [Fact]
    [Guarantee("W2")]
    public void All_completed_counts_every_kind_of_end()
    {
        using var scheduler = Schedulers.New();

        var (states, pending) = scheduler.Result(c =>
        {
            using var gate = new Gate();
            var terminated = c.NewTask(ct => { gate.Pass(); ct.ThrowIfCancellationRequested(); }).Run();
            var succeeded = c.NewTask(() => { }).Run();
            var failed = c.NewTask(() => throw new InvalidDataException()).Run();
            var canceled = c.NewTask(() => { }).Run();
            gate.WaitUntilEntered();
            Assert.True(canceled.Cancel());
            Assert.True(terminated.RequestTermination());
            gate.Open();
            var result = c.Wait([terminated, succeeded, failed, canceled]);
            return (result.Done.OrderBy(task => task.Id).Select(task => task.State).ToArray(), result.Pending);
        });

        Assert.Equal([TaskState.Terminated, TaskState.Succeeded, TaskState.Failed, TaskState.Canceled], states);
        Assert.Empty(pending);
    }

    [Fact]
    [Guarantee("W3")]
    public void First_completed_returns_once_one_has_ended()
    {
        using var scheduler = Schedulers.New(tasks: 2);
        using var gate = new Gate();

        var (quick, slow, result) = scheduler.Result(c =>
        {
            var first = c.NewTask(() => { }).Run();
            var second = c.NewTask(gate.Pass).Run();
            return (first, second, c.Wait([second, first], Limits.Wait, ReturnWhen.FirstCompleted));
        });

        Assert.Equal([quick], result.Done);
        Assert.Equal([slow], result.Pending);
    }

    [Fact]
    [Guarantee("W3")]
    public void First_completed_counts_a_task_that_failed()
    {
        using var scheduler = Schedulers.New(tasks: 2);
        using var gate = new Gate();

        var result = scheduler.Result(c => c.Wait(
            [c.NewTask(gate.Pass).Run(), c.NewTask(() => throw new InvalidDataException()).Run()],
            Limits.Wait,
            ReturnWhen.FirstCompleted));

        gate.WaitUntilEntered();
        Assert.Equal(TaskState.Failed, Assert.Single(result.Done).State);
        Assert.Equal(TaskState.Running, Assert.Single(result.Pending).State);
    }

    [Fact]
    [Guarantee("W3")]
    public void First_completed_counts_a_task_that_was_canceled()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();

        var result = scheduler.Result(c =>
        {
            var slow = c.NewTask(gate.Pass).Run();
            var canceled = c.NewTask(() => { }).Run();
            Assert.True(canceled.Cancel());
            return c.Wait([slow, canceled], Limits.Wait, ReturnWhen.FirstCompleted);
        });

        Assert.Equal(TaskState.Canceled, Assert.Single(result.Done).State);
        Assert.Single(result.Pending);
    }

    [Fact]
    [Guarantee("W3")]
    public void First_exception_returns_once_one_has_failed()
    {
        using var scheduler = Schedulers.New(tasks: 2);
        using var gate = new Gate();

        var (failed, slow, result) = scheduler.Result(c =>
        {
            var second = c.NewTask(gate.Pass).Run();
            var first = c.NewTask(() => throw new InvalidDataException()).Run();
            return (first, second, c.Wait([second, first], Limits.Wait, ReturnWhen.FirstException));
        });

        Assert.Equal([failed], result.Done);
        Assert.Equal([slow], result.Pending);
    }

    [Fact]
    public void First_exception_returns_at_once_where_one_had_failed_before()
    {
        using var scheduler = Schedulers.New(tasks: 2);
        using var gate = new Gate();

        var pending = scheduler.Result(c =>
        {
            var failed = c.NewTask(() => throw new InvalidDataException()).Run();
            Assert.NotNull(failed.GetException(Limits.Wait));
            return c.Wait([failed, c.NewTask(gate.Pass).Run()], Limits.Wait, ReturnWhen.FirstException).Pending;
        });

        Assert.Single(pending);
    }

    [Fact]
    [Guarantee("W3")]
    public void First_exception_returns_once_one_was_terminated()
    {
        using var scheduler = Schedulers.New(tasks: 2);
        using var slow = new Gate();
        using var asked = new Gate();
        using var submitted = new Gate();
        TaskHandle? terminated = null;
        var waited = scheduler.Run(c =>
        {
            terminated = c.NewTask(ct => { asked.Pass(); ct.ThrowIfCancellationRequested(); }).Run();
            submitted.Open();
            return c.Wait([c.NewTask(slow.Pass).Run(), terminated], Limits.Wait, ReturnWhen.FirstException);
        });
        submitted.Pass();
        asked.WaitUntilEntered();

        Assert.True(terminated!.RequestTermination());
        asked.Open();

        var (done, pending) = waited.GetResult(Limits.Wait);
        Assert.Equal([terminated], done);
        Assert.Single(pending);
    }

    [Fact]
    [Guarantee("W3")]
    public void First_exception_does_not_count_a_canceled_task_nor_one_that_succeeded()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        using var between = new Gate();
        var waited = scheduler.Run(c =>
        {
            var succeeded = c.NewTask(() => { }).Run();
            succeeded.GetResult(Limits.Wait);
            var slow = c.NewTask(gate.Pass).Run();
            var canceled = c.NewTask(() => { }).Run();
            Assert.True(canceled.Cancel());
            TaskHandle[] all = [slow, succeeded, canceled];
            Assert.Equal([slow], c.Wait(all, TimeSpan.FromMilliseconds(10), ReturnWhen.FirstException).Pending);
            between.Pass();
            return c.Wait(all, Limits.Wait, ReturnWhen.FirstException);
        });

        between.WaitUntilEntered();
        between.Open();
        gate.Open();

        var (done, pending) = waited.GetResult(Limits.Wait);
        Assert.Equal(3, done.Count);
        Assert.Empty(pending);
    }
}
