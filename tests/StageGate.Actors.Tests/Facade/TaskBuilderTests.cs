using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

public class TaskBuilderTests
{
    [Fact]
    public void Every_call_of_Run_submits_one_more_task()
    {
        using var scheduler = Schedulers.New();
        var calls = 0;

        var handles = scheduler.Result(c =>
        {
            var builder = c.NewTask(() => Interlocked.Increment(ref calls)).Named("again");
            TaskHandle<int>[] submitted = [builder.Run(), builder.Run(), builder.Run()];
            c.Wait(submitted);
            return submitted;
        });

        Assert.Equal([1, 2, 3], handles.Select(handle => handle.GetResult()));
        Assert.Equal([1L, 2L, 3L], handles.Select(handle => handle.Id));
        Assert.All(handles, handle => Assert.Equal("again", handle.Name));
    }

    [Fact]
    public void Nothing_is_submitted_before_Run()
    {
        using var scheduler = Schedulers.New();

        scheduler.Result(c => c.NewTask(() => 1).Named("never"));

        Assert.Equal(0, scheduler.Snapshot().Tasks.Total);
    }

    [Fact]
    [Guarantee("L6")]
    public void A_builder_that_runs_again_after_changes_submits_what_it_says_by_then()
    {
        using var scheduler = Schedulers.New(tasks: 2, resources: ("cpu", 10));
        using var gate = new Gate();

        var (first, second) = scheduler.Result(c =>
        {
            var builder = c.NewTask(gate.Pass).Requires("cpu", 1).Named("one");
            return (builder.Run(), builder.Requires("cpu", 5).Named("two").Run());
        });

        Assert.Equal(("one", "two"), (first.Name, second.Name));
        Assert.Equal(6, Assert.Single(scheduler.Snapshot().Resources).InUse);
    }

    [Fact]
    [Guarantee("L6")]
    public void A_builder_that_says_what_the_task_before_it_required_may_still_be_changed()
    {
        using var scheduler = Schedulers.New(tasks: 5, resources: [("cpu", 100), ("mem", 10)]);
        using var gate = new Gate();

        scheduler.Result(c =>
        {
            c.NewTask(gate.Pass).Requires("cpu", 2).Run();
            c.NewTask(gate.Pass).Requires("cpu", 2).Requires("cpu", 30).Run();
            c.NewTask(gate.Pass).Requires("cpu", 30).Requires("mem", 1).Run();
            c.NewTask(gate.Pass).Requires("cpu", 30).Run();
            return c.NewTask(gate.Pass).Requires("cpu", 3).Run();
        });

        Assert.Equal([95m, 1m], scheduler.Snapshot().Resources.Select(usage => usage.InUse));
    }

    [Fact]
    public void Of_one_label_that_is_required_twice_the_later_amount_wins()
    {
        using var scheduler = Schedulers.New(resources: [("cpu", 10), ("mem", 10)]);
        using var gate = new Gate();

        scheduler.Result(c => c.NewTask(gate.Pass)
            .Requires("cpu", 9)
            .Requires(new Dictionary<string, decimal> { ["cpu"] = 2, ["mem"] = 8 })
            .Requires("mem", 3)
            .Run());

        Assert.Equal([("cpu", 2m), ("mem", 3m)], scheduler.Snapshot().Resources.Select(usage => (usage.Label, usage.InUse)));
    }

    [Fact]
    public void A_later_amount_that_fits_replaces_one_that_does_not()
    {
        using var scheduler = Schedulers.New(resources: ("cpu", 1));

        Assert.Equal(1, scheduler.Result(c => c.NewTask(() => 1).Requires("cpu", 5).Requires("cpu", 1).Run().GetResult(Limits.Wait)));
    }

    [Fact]
    [Guarantee("L6")]
    public void The_dictionary_is_copied_so_that_later_changes_do_nothing()
    {
        using var scheduler = Schedulers.New(tasks: 3, resources: ("cpu", 10));
        using var gate = new Gate();
        var required = new Dictionary<string, decimal> { ["cpu"] = 1 };

        scheduler.Result(c =>
        {
            var builder = c.NewTask(gate.Pass).Requires(required);
            required["cpu"] = 5;
            builder.Run();
            required["cpu"] = 8;
            required["nope"] = 1;
            builder.Run();
            return 0;
        });

        Assert.Equal(2, Assert.Single(scheduler.Snapshot().Resources).InUse);
        gate.Open();
        scheduler.Close();
        Assert.Equal(0, Assert.Single(scheduler.Snapshot().Resources).InUse);
    }

    [Fact]
    [Guarantee("R1")]
    public void Null_parts_are_refused_by_name()
    {
        var pipeline = new ScriptedPipeline<int>(_ => 0);
        var plain = pipeline.NewTask(() => { });
        var typed = pipeline.NewTask(() => 1);

        Assert.Equal("label", Assert.Throws<ArgumentNullException>(() => plain.Requires(null!, 1)).ParamName);
        Assert.Equal("label", Assert.Throws<ArgumentNullException>(() => typed.Requires(null!, 1)).ParamName);
        Assert.Equal("resources", Assert.Throws<ArgumentNullException>(() => plain.Requires(null!)).ParamName);
        Assert.Equal("resources", Assert.Throws<ArgumentNullException>(() => typed.Requires(null!)).ParamName);
        Action[] nulls =
        [
            () => pipeline.NewTask((Action)null!),
            () => pipeline.NewTask((Action<CancellationToken>)null!),
            () => pipeline.NewTask((Func<int>)null!),
            () => pipeline.NewTask((Func<CancellationToken, int>)null!),
            () => pipeline.NewTask((Func<Task>)null!),
            () => pipeline.NewTask((Func<CancellationToken, Task>)null!),
            () => pipeline.NewTask((Func<Task<int>>)null!),
            () => pipeline.NewTask((Func<CancellationToken, Task<int>>)null!),
        ];
        Assert.All(nulls, call => Assert.Equal("work", Assert.Throws<ArgumentNullException>(call).ParamName));
    }

    /// <summary>It would not be waited for: the work would end as soon as it is returned, and what it does would go on without what it requires.</summary>
    [Fact]
    [Guarantee("R1", "L7")]
    public void A_callable_whose_result_would_be_a_task_is_refused()
    {
        var pipeline = new ScriptedPipeline<int>(_ => 0);
        Action[] calls =
        [
            () => pipeline.NewTask(() => ValueTask.CompletedTask),
            () => pipeline.NewTask(() => ValueTask.FromResult(1)),
            () => pipeline.NewTask(_ => ValueTask.CompletedTask),
            () => pipeline.NewTask(_ => ValueTask.FromResult(1)),
            () => pipeline.NewTask<Task>(() => Task.CompletedTask),
            () => pipeline.NewTask<Task<int>>(_ => Task.FromResult(1)),
            () => pipeline.NewTask(() => Task.FromResult(Task.FromResult(1))),
            () => pipeline.NewTask(_ => Task.FromResult(Task.CompletedTask)),
        ];

        Assert.All(calls, call => Assert.Contains("AsTask()", Assert.Throws<ArgumentException>("work", call).Message, StringComparison.Ordinal));
    }

    [Fact]
    [Guarantee("R1")]
    public void A_pipeline_whose_result_would_be_a_task_is_refused()
    {
        Action[] calls =
        [
            () => _ = new ScriptedPipeline<Task>(_ => Task.CompletedTask),
            () => _ = new ScriptedPipeline<Task<int>>(_ => Task.FromResult(1)),
            () => _ = new ScriptedPipeline<ValueTask>(_ => ValueTask.CompletedTask),
            () => _ = new ScriptedPipeline<ValueTask<int>>(_ => ValueTask.FromResult(1)),
            () => _ = new AsyncScript<Task>((_, _) => Task.FromResult(Task.CompletedTask)),
            () => _ = new AsyncScript<Task<int>>((_, _) => Task.FromResult(Task.FromResult(1))),
        ];

        Assert.All(calls, call => Assert.Contains("AsyncPipeline", Assert.Throws<NotSupportedException>(call).Message, StringComparison.Ordinal));
    }

    [Fact]
    [Guarantee("R1")]
    public void A_negative_amount_is_refused_by_label_and_nothing_of_its_dictionary_counts()
    {
        using var scheduler = Schedulers.New(resources: [("cpu", 10), ("mem", 10)]);
        using var gate = new Gate();

        scheduler.Result(c =>
        {
            var builder = c.NewTask(gate.Pass).Requires("cpu", 1);
            var refused = Assert.Throws<ArgumentOutOfRangeException>(() => builder.Requires("mem", -0.1m));
            Assert.Equal(-0.1m, refused.ActualValue);
            Assert.Contains("'mem'", refused.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentOutOfRangeException>(
                () => builder.Requires(new Dictionary<string, decimal> { ["cpu"] = 7, ["mem"] = -1 }));
            return builder.Run();
        });

        Assert.Equal([1m, 0m], scheduler.Snapshot().Resources.Select(usage => usage.InUse));
    }

    [Fact]
    [Guarantee("L3")]
    public void An_unknown_label_is_refused_by_Run_and_leaves_nothing_behind()
    {
        using var scheduler = Schedulers.New(resources: [("cpu", 1), ("mem", 1)]);

        var refused = scheduler.Result(c =>
            Assert.Throws<UnknownResourceException>(() => c.NewTask(() => 1).Requires("cpu", 1).Requires("CPU", 0).Run()));

        Assert.Equal("CPU", refused.Label);
        Assert.Contains("'CPU'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'cpu', 'mem'", refused.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<ArgumentException>(refused);
        Assert.Equal(0, scheduler.Snapshot().Tasks.Total);
    }

    [Fact]
    public void A_scheduler_without_resources_says_so_to_whoever_asks_for_some()
    {
        using var scheduler = Schedulers.New();

        var refused = scheduler.Result(c => Assert.Throws<UnknownResourceException>(() => c.NewTask(() => { }).Requires("cpu", 1).Run()));

        Assert.Contains("SchedulerOptions.Resources", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Guarantee("L3")]
    public void More_than_there_is_in_all_is_refused_by_Run_and_does_not_wait_for_ever()
    {
        using var scheduler = Schedulers.New(resources: [("cpu", 4), ("mem", 2.5m)]);

        var (refused, next) = scheduler.Result(c => (
            Assert.Throws<UnschedulableTaskException>(() => c.NewTask(() => 1).Requires("cpu", 4).Requires("mem", 2.51m).Run()),
            c.NewTask(() => 1).Requires("cpu", 4).Requires("mem", 2.5m).Run()));

        Assert.Equal(("mem", 2.51m, 2.5m), (refused.Label, refused.Requested, refused.Capacity));
        Assert.Contains("'mem'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("2.51", refused.Message, StringComparison.Ordinal);
        Assert.Contains("2.5 in all", refused.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<ArgumentException>(refused);
        Assert.Equal(1, next.GetResult(Limits.Wait));
        Assert.Equal(1, next.Id);
        Assert.Equal(1, scheduler.Snapshot().Tasks.Total);
    }

    [Fact]
    [Guarantee("L2")]
    public void A_tenth_and_two_tenths_fit_together_into_three_tenths()
    {
        using var scheduler = Schedulers.New(tasks: 2, resources: ("x", 0.3m));
        using var first = new Gate();
        using var second = new Gate();

        scheduler.Result(c => (c.NewTask(first.Pass).Requires("x", 0.1m).Run(), c.NewTask(second.Pass).Requires("x", 0.2m).Run()));

        first.WaitUntilEntered();
        second.WaitUntilEntered();
        Assert.Equal(new ResourceUsage("x", 0.3m, 0.3m), Assert.Single(scheduler.Snapshot().Resources));
    }

    [Fact]
    public void A_task_that_requires_nothing_runs_where_everything_is_taken()
    {
        using var scheduler = Schedulers.New(tasks: 2, resources: ("cpu", 1));
        using var gate = new Gate();

        var free = scheduler.Result(c =>
        {
            c.NewTask(gate.Pass).Requires("cpu", 1).Run();
            return c.NewTask(() => 1).Requires("cpu", 0).Requires(new Dictionary<string, decimal>()).Run();
        });

        Assert.Equal(1, free.GetResult(Limits.Wait));
    }

    [Fact]
    public void A_builder_hands_itself_on()
    {
        var pipeline = new ScriptedPipeline<int>(_ => 0);
        var plain = pipeline.NewTask(() => { });
        var typed = pipeline.NewTask(() => 1);

        Assert.Same(plain, plain.Requires("cpu", 1).Requires(new Dictionary<string, decimal>()).Named("x"));
        Assert.Same(typed, typed.Requires("cpu", 1).Requires(new Dictionary<string, decimal>()).Named(null));
    }
}
