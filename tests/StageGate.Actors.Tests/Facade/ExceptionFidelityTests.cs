using System.Runtime.CompilerServices;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>A failed task or pipeline rethrows its own exception object, with the original stack trace, however often.</summary>
public class ExceptionFidelityTests
{
    [Fact]
    [Guarantee("X2")]
    public void The_stack_trace_leads_to_the_user_code_that_threw()
    {
        using var scheduler = Schedulers.New();
        var task = scheduler.Result(c => c.NewTask(FailDeepInside).Run());
        var pipeline = scheduler.Run(_ => FailDeepInside());

        foreach (var handle in (WorkHandle[])[task, pipeline])
        {
            var thrown = Assert.Throws<InvalidDataException>(() => handle.GetResult(Limits.Wait));
            Assert.Contains(nameof(FailDeepInside), thrown.StackTrace, StringComparison.Ordinal);
            Assert.Same(handle.GetException(), thrown);
        }
    }

    [Fact]
    [Guarantee("X2")]
    public async Task The_stack_trace_of_an_async_callable_leads_to_the_user_code_too()
    {
        using var scheduler = Schedulers.New();
        var task = scheduler.Result(c => c.NewTask(async () =>
        {
            await Task.Yield();
            return FailDeepInside();
        }).Run());

        var thrown = await Assert.ThrowsAsync<InvalidDataException>(() => task.Completion.WaitAsync(Limits.Wait));

        Assert.Contains(nameof(FailDeepInside), thrown.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    [Guarantee("X2")]
    public async Task Rethrown_many_times_by_many_threads_it_stays_the_same_object_and_does_not_grow()
    {
        using var scheduler = Schedulers.New();
        var task = scheduler.Result(c => c.NewTask(FailDeepInside).Run());
        var first = Assert.Throws<InvalidDataException>(() => task.GetResult(Limits.Wait));
        var frames = Frames(first);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < 250; i++)
                    Assert.Same(first, Assert.Throws<InvalidDataException>(() => task.GetResult()));
            },
            TaskCreationOptions.LongRunning))).WaitAsync(Limits.Wait);

        var last = Assert.Throws<InvalidDataException>(() => task.GetResult());
        Assert.Same(first, last);
        Assert.Equal(frames, Frames(last));
    }

    [Fact]
    [Guarantee("X2")]
    public async Task Awaited_many_times_it_stays_the_same_object_and_does_not_grow()
    {
        using var scheduler = Schedulers.New();
        var pipeline = scheduler.Run(_ => FailDeepInside());
        var first = await Assert.ThrowsAsync<InvalidDataException>(async () => await pipeline);
        var frames = Frames(first);
        for (var i = 0; i < 100; i++)
        {
            Assert.Same(first, await Assert.ThrowsAsync<InvalidDataException>(async () => await pipeline));
            Assert.Same(first, pipeline.Completion.Exception!.InnerException);
        }

        Assert.Equal(frames, Frames(first));
    }

    [Fact]
    [Guarantee("X2")]
    public async Task Awaited_for_the_first_time_it_shows_nothing_of_those_who_have_asked_for_it_before()
    {
        using var scheduler = Schedulers.New();
        var task = scheduler.Result(c => c.NewTask(FailDeepInside).Run());
        var pipeline = scheduler.Run(_ => FailDeepInside());

        foreach (var handle in (WorkHandle[])[task, pipeline])
        {
            AskBefore(handle);
            var thrown = await Assert.ThrowsAsync<InvalidDataException>(async () => await handle);

            Assert.Contains(nameof(FailDeepInside), thrown.StackTrace, StringComparison.Ordinal);
            Assert.DoesNotContain(nameof(AskBefore), thrown.StackTrace, StringComparison.Ordinal);
            Assert.DoesNotContain(nameof(WorkHandle.GetResult), thrown.StackTrace, StringComparison.Ordinal);
        }
    }

    /// <summary>The task ends on the pool, when others have long had the exception.</summary>
    [Fact]
    [Guarantee("X2")]
    public void Its_task_shows_nothing_of_those_who_have_asked_between_the_end_and_the_end_of_the_task()
    {
        using var scheduler = Schedulers.New();

        // Many, because the pool is fast.
        for (var i = 0; i < 200; i++)
        {
            var pipeline = scheduler.Run(_ => FailDeepInside());
            var completion = pipeline.Completion;
            Assert.True(SpinWait.SpinUntil(() => pipeline.IsDone, Limits.Wait));

            // Answered after the turn in which it ended.
            scheduler.Snapshot();
            AskBefore(pipeline);
            completion.EndsSomehow();

            var thrown = Assert.Throws<InvalidDataException>(() => completion.GetAwaiter().GetResult());
            Assert.Contains(nameof(FailDeepInside), thrown.StackTrace, StringComparison.Ordinal);
            Assert.DoesNotContain(nameof(AskBefore), thrown.StackTrace, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Guarantee("X1")]
    public void An_exception_that_derives_from_nothing_usual_fails_the_work_and_nothing_else()
    {
        using var scheduler = Schedulers.New();
        var thrown = new Odd();

        var task = scheduler.Result(c => c.NewTask(() => throw thrown).Run());

        Assert.Same(thrown, task.GetException(Limits.Wait));
        Assert.Equal(1, scheduler.Result(c => c.NewTask(() => 1).Run().GetResult(Limits.Wait)));
    }

    [Fact]
    public void An_aggregate_exception_is_not_unwrapped()
    {
        using var scheduler = Schedulers.New();
        var thrown = new AggregateException(new InvalidDataException(), new InvalidOperationException());

        var task = scheduler.Result(c => c.NewTask(() => throw thrown).Run());

        Assert.Same(thrown, Assert.Throws<AggregateException>(() => task.GetResult(Limits.Wait)));
    }

    [Fact]
    public void A_task_that_threw_a_time_out_of_its_own_has_failed_with_it()
    {
        using var scheduler = Schedulers.New();
        var thrown = new TimeoutException("of the user");

        var task = scheduler.Result(c => c.NewTask(() => throw thrown).Run());

        Assert.Same(thrown, Assert.Throws<TimeoutException>(() => task.GetResult(Limits.Wait)));
        Assert.Same(thrown, task.GetException(TimeSpan.Zero));
    }

    [Fact]
    public void The_exceptions_are_what_their_contract_says()
    {
        Assert.IsAssignableFrom<OperationCanceledException>(new WorkCanceledException());
        Assert.IsAssignableFrom<OperationCanceledException>(new WorkTerminatedException());
        Assert.IsAssignableFrom<ArgumentException>(new UnknownResourceException());
        Assert.IsAssignableFrom<ArgumentException>(new UnschedulableTaskException());
        Assert.IsAssignableFrom<InvalidOperationException>(new SchedulerTerminatedException());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AskBefore(WorkHandle handle) =>
        Assert.Throws<InvalidDataException>(() => handle.GetResult(Limits.Wait));

    private static int FailDeepInside() => throw new InvalidDataException("deep inside");

    private static int Frames(Exception exception) => exception.StackTrace!.Split('\n').Length;

    private sealed class Odd : SystemException;
}
