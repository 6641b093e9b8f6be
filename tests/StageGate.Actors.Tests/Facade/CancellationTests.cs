using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

public class CancellationTests
{
    [Fact]
    [Guarantee("C1")]
    public void A_queued_task_is_canceled_and_never_runs()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var ran = false;
        var (blocker, task) = scheduler.Result(c => (c.NewTask(gate.Pass).Run(), c.NewTask(() => ran = true).Named("late").Run()));

        Assert.True(task.Cancel());

        AssertCanceled(task, "task 2 'late'");
        gate.Open();
        blocker.GetResult(Limits.Wait);
        scheduler.Close();
        Assert.False(ran);
        Assert.Equal(new TaskCounts(0, 0, 0, 1, 0, 0, 1), scheduler.Snapshot().Tasks);
    }

    [Fact]
    [Guarantee("C1", "L5")]
    public void A_ready_task_is_canceled_never_runs_and_gives_back_what_it_held()
    {
        var workers = new HeldWorkers();
        using var scheduler = new Scheduler(workers.Options(1, ("cpu", 1)));
        using var release = workers;
        var ran = false;
        var task = scheduler.Result(c => c.NewTask(() => ran = true).Requires("cpu", 1).Run());
        Assert.Equal(TaskState.Ready, task.State);

        Assert.True(task.Cancel());

        AssertCanceled(task, "task 1");
        Assert.Equal(new TaskCounts(0, 0, 0, 0, 0, 0, 1), scheduler.Snapshot().Tasks);
        Assert.Equal(1, Assert.Single(scheduler.Snapshot().Resources).Available);
        workers.Dispose();
        Assert.Equal(2, scheduler.Result(c => c.NewTask(() => 2).Requires("cpu", 1).Run().GetResult(Limits.Wait)));
        Assert.False(ran);
    }

    [Fact]
    [Guarantee("A3")]
    public void A_ready_task_that_is_canceled_makes_the_next_one_ready()
    {
        var workers = new HeldWorkers();
        using var scheduler = new Scheduler(workers.Options(1));
        using var release = workers;
        var (first, second) = scheduler.Result(c => (c.NewTask(() => 1).Run(), c.NewTask(() => 2).Run()));
        Assert.Equal((TaskState.Ready, TaskState.Queued), (first.State, second.State));

        Assert.True(first.Cancel());

        Assert.Equal(TaskState.Ready, second.State);
        workers.Dispose();
        Assert.Equal(2, second.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("C2")]
    public void A_running_task_is_not_canceled_and_goes_on()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var task = scheduler.Result(c => c.NewTask(() => { gate.Pass(); return 3; }).Run());
        gate.WaitUntilEntered();

        Assert.False(task.Cancel());

        Assert.Equal(TaskState.Running, task.State);
        gate.Open();
        Assert.Equal(3, task.GetResult(Limits.Wait));
        Assert.False(task.IsCanceled);
    }

    [Fact]
    [Guarantee("C2")]
    public void A_running_task_sees_nothing_of_an_attempt_to_cancel_it()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var task = scheduler.Result(c => c.NewTask(ct => { gate.Pass(); return ct.IsCancellationRequested; }).Run());
        gate.WaitUntilEntered();

        Assert.False(task.Cancel());
        gate.Open();

        Assert.False(task.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("C2")]
    public void An_ended_task_is_not_canceled_however_it_ended()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var (succeeded, failed, blocker, canceled) = scheduler.Result(c => (
            c.NewTask(() => { }).Run(),
            c.NewTask(() => throw new InvalidDataException()).Run(),
            c.NewTask(gate.Pass).Run(),
            c.NewTask(() => { }).Run()));
        gate.WaitUntilEntered();
        Assert.True(canceled.Cancel());

        Assert.All(new[] { succeeded, failed, canceled }, task => Assert.False(task.Cancel()));

        Assert.Equal(
            (TaskState.Succeeded, TaskState.Failed, TaskState.Running, TaskState.Canceled),
            (succeeded.State, failed.State, blocker.State, canceled.State));
    }

    [Fact]
    [Guarantee("C3")]
    public void Of_two_who_cancel_the_same_task_one_did_it()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        scheduler.Result(c => c.NewTask(gate.Pass).Run());
        for (var i = 0; i < 100; i++)
        {
            var task = scheduler.Result(c => c.NewTask(() => { }).Run());
            using var start = new Barrier(2);
            var answers = new bool[2];
            Thread[] threads = [Cancels(0), Cancels(1)];

            Assert.All(threads, thread => Assert.True(thread.Join(Limits.Wait)));
            Assert.Single(answers, answer => answer);

            Thread Cancels(int who)
            {
                var thread = new Thread(() =>
                {
                    start.SignalAndWait(Limits.Wait);
                    answers[who] = task.Cancel();
                });
                thread.Start();
                return thread;
            }
        }

        Assert.Equal(100, scheduler.Snapshot().Tasks.Canceled);
    }

    [Fact]
    [Guarantee("C4")]
    public void A_canceled_task_among_its_like_takes_none_of_them_along()
    {
        using var scheduler = Schedulers.New(resources: ("cpu", 1));
        using var gate = new Gate();
        var tasks = scheduler.Result(c =>
        {
            c.NewTask(gate.Pass).Requires("cpu", 1).Run();
            var builder = c.NewTask(() => 1).Requires("cpu", 1);
            return Enumerable.Range(0, 9).Select(_ => builder.Run()).ToArray();
        });

        Assert.True(tasks[4].Cancel());
        gate.Open();
        scheduler.Close();

        Assert.Equal(TaskState.Canceled, tasks[4].State);
        Assert.All(tasks.Where((_, i) => i != 4), task => Assert.Equal(1, task.GetResult(TimeSpan.Zero)));
    }

    [Fact]
    [Guarantee("C1")]
    public void A_queued_pipeline_is_canceled_and_never_runs()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var ran = false;
        scheduler.Run(_ => { gate.Pass(); return 0; });
        var pipeline = scheduler.Run(_ => ran = true, "late");

        Assert.True(pipeline.Cancel());
        Assert.False(pipeline.Cancel());

        Assert.Equal(PipelineState.Canceled, pipeline.State);
        AssertCanceled(pipeline, "pipeline 2 'late'");
        gate.Open();
        scheduler.Close();
        Assert.False(ran);
        Assert.Equal(new PipelineCounts(0, 0, 1, 0, 1), scheduler.Snapshot().Pipelines);
    }

    [Fact]
    [Guarantee("C2")]
    public void A_running_or_ended_pipeline_is_not_canceled()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var pipeline = scheduler.Run(_ => { gate.Pass(); return 4; });
        gate.WaitUntilEntered();

        Assert.False(pipeline.Cancel());
        Assert.Equal(PipelineState.Running, pipeline.State);
        gate.Open();
        Assert.Equal(4, pipeline.GetResult(Limits.Wait));

        Assert.False(pipeline.Cancel());
        Assert.Equal(PipelineState.Succeeded, pipeline.State);
    }

    [Fact]
    public void After_Close_there_is_nothing_to_cancel()
    {
        using var scheduler = Schedulers.New();
        TaskHandle<int>? task = null;
        var pipeline = scheduler.Run(c => (task = c.NewTask(() => 1).Run()).GetResult(Limits.Wait));
        scheduler.Close();

        Assert.False(pipeline.Cancel());
        Assert.False(task!.Cancel());
        Assert.False(task.RequestTermination());
    }

    private static void AssertCanceled(WorkHandle handle, string named)
    {
        Assert.True(handle.IsDone);
        Assert.True(handle.IsCanceled);
        Assert.False(handle.IsRunning);
        Assert.True(handle.Completion.IsCanceled);
        foreach (var call in (Action[])[() => handle.GetResult(TimeSpan.Zero), () => handle.GetException(TimeSpan.Zero)])
            Assert.Contains(named, Assert.Throws<WorkCanceledException>(call).Message, StringComparison.Ordinal);
        Assert.Contains("Canceled", handle.ToString(), StringComparison.Ordinal);
    }
}
