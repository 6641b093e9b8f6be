using System.Diagnostics;
using System.Globalization;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>Callables that return a task, and the surroundings in which all callables run.</summary>
public class AsyncCallableTests
{
    [Fact]
    [Guarantee("L7")]
    public void It_holds_its_slot_and_its_resources_until_all_of_it_has_ended()
    {
        using var scheduler = Schedulers.New(resources: ("cpu", 1));
        var going = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var begun = new Gate();
        var (first, second) = scheduler.Result(c => (
            c.NewTask(async () =>
            {
                begun.Open();
                await going.Task;
            }).Requires("cpu", 1).Run(),
            c.NewTask(() => { }).Run()));
        try
        {
            begun.Pass();
            Assert.Equal((TaskState.Running, TaskState.Queued), (first.State, second.State));
            Assert.True(first.IsRunning);
            Assert.Equal(1, Assert.Single(scheduler.Snapshot().Resources).InUse);
        }
        finally
        {
            going.SetResult();
        }

        second.GetResult(Limits.Wait);
        Assert.Equal(TaskState.Succeeded, first.State);
        Assert.Equal(0, Assert.Single(scheduler.Snapshot().Resources).InUse);
    }

    [Fact]
    public void What_it_throws_before_and_after_an_await_is_its_failure()
    {
        using var scheduler = Schedulers.New();
        var thrown = new InvalidDataException();

        var tasks = scheduler.Result(c =>
        {
            TaskHandle[] submitted =
            [
                c.NewTask(new Func<Task>(() => throw thrown)).Run(),
                c.NewTask(() => Task.FromException(thrown)).Run(),
                c.NewTask(() => Task.FromException<int>(thrown)).Run(),
                c.NewTask(async () =>
                {
                    await Task.Yield();
                    throw thrown;
                }).Run(),
            ];
            c.Wait(submitted, Limits.Wait);
            return submitted;
        });

        Assert.All(tasks, task => Assert.Same(thrown, task.GetException(TimeSpan.Zero)));
    }

    [Fact]
    [Guarantee("X3")]
    public void A_null_task_is_a_failure_that_says_so()
    {
        using var scheduler = Schedulers.New();

        var tasks = scheduler.Result(c =>
        {
            TaskHandle[] submitted =
            [
                c.NewTask(() => (Task)null!).Run(),
                c.NewTask(() => (Task<int>)null!).Run(),
                c.NewTask(_ => (Task<int>)null!).Run(),
            ];
            c.Wait(submitted, Limits.Wait);
            return submitted;
        });

        foreach (var task in tasks)
            Assert.Contains("null", Assert.IsType<InvalidOperationException>(task.GetException()).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Guarantee("T3")]
    public void A_cancelled_task_without_a_request_is_a_failure()
    {
        using var scheduler = Schedulers.New();

        var task = scheduler.Result(c => c.NewTask(() => Task.FromCanceled(new CancellationToken(true))).Run());

        Assert.IsType<TaskCanceledException>(task.GetException(Limits.Wait));
        Assert.Equal(TaskState.Failed, task.State);
    }

    [Fact]
    [Guarantee("T2")]
    public void Asked_to_terminate_it_leaves_an_await_and_is_terminated()
    {
        using var scheduler = Schedulers.New();
        using var begun = new Gate();
        var task = scheduler.Result(c => c.NewTask(async ct =>
        {
            begun.Open();
            await new TaskCompletionSource().Task.WaitAsync(ct);
            return 1;
        }).Run());
        begun.Pass();

        Assert.True(task.RequestTermination());

        Assert.Throws<WorkTerminatedException>(() => task.GetResult(Limits.Wait));
        Assert.Equal(TaskState.Terminated, task.State);
    }

    [Fact]
    [Guarantee("U2")]
    public void User_code_sees_no_synchronization_context_and_the_default_task_scheduler()
    {
        using var scheduler = Schedulers.New();

        var (run, task, before, after) = scheduler.Result(c => (
            Surroundings(),
            c.NewTask(Surroundings).Run().GetResult(Limits.Wait),
            c.NewTask(() => Task.FromResult(Surroundings())).Run().GetResult(Limits.Wait),
            c.NewTask(async () =>
            {
                await Task.Yield();
                return Surroundings();
            }).Run().GetResult(Limits.Wait)));

        Assert.All(new[] { run, task, before, after }, seen => Assert.Equal((null, TaskScheduler.Default), seen));

        static (SynchronizationContext?, TaskScheduler) Surroundings() => (SynchronizationContext.Current, TaskScheduler.Current);
    }

    [Fact]
    [Guarantee("U3")]
    public void What_a_callable_leaves_behind_on_its_thread_does_not_reach_the_next_one()
    {
        using var scheduler = Schedulers.New();
        var local = new AsyncLocal<string?>();

        var (culture, next) = scheduler.Result(c =>
        {
            var expected = CultureInfo.CurrentCulture;
            c.NewTask(() =>
            {
                local.Value = "left behind";
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(expected.Name == "de-DE" ? "fr-FR" : "de-DE");
                SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
            }).Run().GetResult(Limits.Wait);
            var seen = c.NewTask(() => (local.Value, CultureInfo.CurrentCulture, SynchronizationContext.Current)).Run();
            return (expected, seen.GetResult(Limits.Wait));
        });

        Assert.Equal((null, culture, null), next);
    }

    [Fact]
    [Guarantee("U1")]
    public void The_execution_context_flows_from_the_submission_into_the_callable()
    {
        using var scheduler = Schedulers.New();
        var local = new AsyncLocal<string?> { Value = "of the test" };
        using var activity = new Activity("request").Start();

        var (run, task) = scheduler.Result(c =>
        {
            var seen = (local.Value, Activity.Current?.Id);
            local.Value = "of the run";
            return (seen, c.NewTask(() => (local.Value, Activity.Current?.Id)).Run().GetResult(Limits.Wait));
        });

        Assert.Equal(("of the test", activity.Id), run);
        Assert.Equal(("of the run", activity.Id), task);
        Assert.Equal("of the test", local.Value);
    }
}
