using System.Runtime.CompilerServices;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>Completion, and handles that are awaited themselves.</summary>
public class AwaitTests
{
    private const string Unseen = "a failure that nobody looks at";

    [Fact]
    public async Task A_handle_can_be_awaited_for_its_result()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var pipeline = scheduler.Run(c => (c.NewTask(() => { gate.Pass(); return "typed"; }).Run(), c.NewTask(() => { }).Run()));
        var (typed, plain) = await pipeline;
        gate.WaitUntilEntered();
        Assert.False(typed.Completion.IsCompleted);
        gate.Open();

        Assert.Equal("typed", await typed);
        Assert.Equal("typed", await typed.Completion.WaitAsync(Limits.Wait));
        await plain;
        await (TaskHandle)typed;
        await (PipelineHandle)pipeline;
        Assert.True(plain.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Completion_is_one_task_whichever_way_one_looks_at_the_handle()
    {
        using var scheduler = Schedulers.New();
        var pipeline = scheduler.Run(c => c.NewTask(() => 1).Run());
        var task = await pipeline;

        Assert.Same(task.Completion, task.Completion);
        Assert.Same(task.Completion, ((TaskHandle)task).Completion);
        Assert.Same(task.Completion, ((WorkHandle)task).Completion);
        Assert.Same(pipeline.Completion, ((PipelineHandle)pipeline).Completion);
        Assert.Equal(1, await task.Completion.WaitAsync(Limits.Wait));
    }

    [Fact]
    public async Task Work_that_failed_faults_its_completion_with_its_own_exception()
    {
        using var scheduler = Schedulers.New();
        var thrown = new InvalidDataException();
        var task = await scheduler.Run(c => c.NewTask(() => throw thrown).Run());

        Assert.Same(thrown, await Assert.ThrowsAsync<InvalidDataException>(async () => await task));
        Assert.True(task.Completion.IsFaulted);
        Assert.Same(thrown, Assert.Single(task.Completion.Exception!.InnerExceptions));
    }

    [Fact]
    public async Task Work_that_was_canceled_cancels_its_completion_and_throws_what_GetResult_throws()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var (_, typed, plain) = await scheduler.Run(
            c => (c.NewTask(gate.Pass).Run(), c.NewTask(() => 1).Run(), c.NewTask(() => { }).Run()));
        var early = typed.Completion;
        Assert.True(typed.Cancel());
        Assert.True(plain.Cancel());

        foreach (var completion in (Task[])[early, typed.Completion, plain.Completion])
        {
            await Assert.ThrowsAsync<WorkCanceledException>(() => completion.WaitAsync(Limits.Wait));
            Assert.True(completion.IsCanceled);
        }

        await Assert.ThrowsAsync<WorkCanceledException>(async () => await plain);
    }

    [Fact]
    public async Task Work_that_was_terminated_cancels_its_completion_and_throws_what_GetResult_throws()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var task = await scheduler.Run(c => c.NewTask(ct =>
        {
            gate.Pass();
            ct.ThrowIfCancellationRequested();
            return 1;
        }).Run());
        gate.WaitUntilEntered();
        Assert.True(task.RequestTermination());
        gate.Open();

        await Assert.ThrowsAsync<WorkTerminatedException>(() => task.Completion.WaitAsync(Limits.Wait));
        Assert.True(task.Completion.IsCanceled);
    }

    [Fact]
    [Guarantee("B4")]
    public async Task A_continuation_that_blocks_holds_up_nobody()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        using var blocked = new Gate();
        var task = await scheduler.Run(c => c.NewTask(gate.Pass).Run());
        gate.WaitUntilEntered();
        var continuation = task.Completion.ContinueWith(
            _ => blocked.Pass(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        gate.Open();
        blocked.WaitUntilEntered();

        Assert.Equal(1, scheduler.Result(c => c.NewTask(() => 1).Run().GetResult(Limits.Wait)));
        Assert.False(continuation.IsCompleted);
        blocked.Open();
        await continuation.WaitAsync(Limits.Wait);
    }

    [Fact]
    [Guarantee("X5")]
    public void A_failure_that_nobody_looks_at_is_not_reported_as_unobserved()
    {
        using var scheduler = Schedulers.New();
        var reported = 0;
        EventHandler<UnobservedTaskExceptionEventArgs> count = (_, args) =>
        {
            if (args.Exception.ToString().Contains(Unseen, StringComparison.Ordinal))
                Interlocked.Increment(ref reported);
        };
        TaskScheduler.UnobservedTaskException += count;
        try
        {
            var handles = FailUnseen(scheduler);
            for (var i = 0; i < 10; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            Assert.All(handles, handle => Assert.False(handle.IsAlive));
            Assert.Equal(0, reported);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= count;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] FailUnseen(Scheduler scheduler)
    {
        var pipeline = scheduler.Run<int>(c =>
        {
            var task = c.NewTask(() => throw new InvalidDataException(Unseen)).Run();
            _ = task.Completion;
            c.Wait([task], Limits.Wait);
            throw new InvalidDataException(Unseen);
        });
        var completion = pipeline.Completion;
        Assert.NotNull(pipeline.GetException(Limits.Wait));
        Assert.True(SpinWait.SpinUntil(() => completion.IsFaulted, Limits.Wait));
        return [new WeakReference(completion)];
    }
}
