using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>The control calls of an async pipeline are valid in its own flow, across awaits, one at a time.</summary>
public class AsyncPipelineControlTests
{
    [Fact]
    [Guarantee("U5")]
    public void They_are_valid_on_whatever_thread_the_flow_goes_on()
    {
        using var scheduler = Schedulers.New();

        var sum = scheduler.ResultAsync<int>(async c =>
        {
            await Task.Yield();
            var one = c.NewTask(() => 1).Run();
            await one.Completion.ConfigureAwait(false);
            var two = await Task.Run(() => c.NewTask(() => 2).Run());
            c.StageForward();
            var three = await Nested(c);
            return await one + await two + await three;
        });

        Assert.Equal(6, sum);

        static async Task<TaskHandle<int>> Nested(AsyncScript<int> c)
        {
            await Task.Yield();
            c.StageForward();
            return c.NewTask(() => 3).Run();
        }
    }

    [Fact]
    [Guarantee("U4")]
    public void Before_the_start_and_after_the_end_they_are_refused()
    {
        using var scheduler = Schedulers.New();
        var pipeline = new AsyncScript<int>((_, _) => Task.FromResult(1));
        AssertRefused(pipeline, "before");

        scheduler.RunPipeline(pipeline, "past").GetResult(Limits.Wait);

        AssertRefused(pipeline, "after the RunAsync() of pipeline 1 'past' had ended");
    }

    [Fact]
    public void In_a_flow_that_goes_on_after_the_end_they_are_refused()
    {
        using var scheduler = Schedulers.New();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task? leftBehind = null;
        scheduler.ResultAsync<int>(c =>
        {
            leftBehind = GoOn(c);
            return Task.FromResult(1);
        });

        ended.SetResult();

        leftBehind!.Ends();

        async Task GoOn(AsyncScript<int> c)
        {
            await ended.Task;
            AssertRefused(c, "after the RunAsync()");
        }
    }

    [Fact]
    [Guarantee("U4")]
    public void Anywhere_else_they_are_refused()
    {
        using var scheduler = Schedulers.New(pipelines: 3);
        using var started = new Gate();
        started.Open();
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var open = new AsyncScript<int>(async (_, _) =>
        {
            started.Pass();
            await end.Task;
            return 1;
        });
        var handle = scheduler.RunPipeline(open, "mine");
        started.WaitUntilEntered();
        scheduler.Run(_ =>
        {
            AssertRefused(open, "pipeline 1 'mine'");
            return 0;
        }).GetResult(Limits.Wait);
        scheduler.ResultAsync<int>(async _ =>
        {
            await Task.Yield();
            AssertRefused(open, "pipeline 1 'mine'");
            return 0;
        });
        Bounded.OnOwnThread(() => AssertRefused(open, "pipeline 1 'mine'")).Ends();

        AssertRefused(open, "pipeline 1 'mine'");
        end.SetResult();
        Assert.Equal(1, handle.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("U4")]
    public void In_a_task_of_the_pipeline_they_are_refused_before_and_after_its_await()
    {
        using var scheduler = Schedulers.New();

        scheduler.ResultAsync<int>(async c =>
        {
            await c.NewTask(() => AssertRefused(c, "pipeline 1")).Run();
            await c.NewTask(async () =>
            {
                await Task.Yield();
                AssertRefused(c, "pipeline 1");
            }).Run();
            return 0;
        });
    }

    [Fact]
    [Guarantee("U4")]
    public void In_a_pipeline_that_was_submitted_from_inside_they_are_refused()
    {
        using var scheduler = Schedulers.New(pipelines: 2);

        scheduler.ResultAsync<int>(async outer =>
        {
            await scheduler.RunAsync<int>(async _ =>
            {
                AssertRefused(outer, "pipeline 1");
                await Task.Yield();
                AssertRefused(outer, "pipeline 1");
                return 0;
            });
            outer.StageForward();
            return 0;
        });
    }

    [Fact]
    [Guarantee("U5")]
    public void While_one_is_in_progress_the_next_is_refused_and_when_it_has_ended_all_are_valid_again()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();

        scheduler.ResultAsync<int>(async c =>
        {
            var task = c.NewTask(gate.Pass).Run();
            var waiting = c.WaitAsync([task]);
            AssertRefused(c, "another control call");
            await Task.Yield();
            AssertRefused(c, "another control call");
            Assert.Equal(0, c.Stage);

            gate.Open();
            await task;
            await waiting;
            c.StageForward();
            return await c.NewTask(() => 1).Run();
        });
    }

    [Fact]
    public void Handles_may_be_awaited_while_a_control_call_is_in_progress()
    {
        using var scheduler = Schedulers.New(tasks: 2);
        using var gate = new Gate();

        var result = scheduler.ResultAsync<int>(async c =>
        {
            var slow = c.NewTask(gate.Pass).Run();
            var fast = c.NewTask(() => 5).Run();
            var waiting = c.WaitAsync([slow]);
            var value = await fast;
            gate.Open();
            await waiting;
            return value;
        });

        Assert.Equal(5, result);
    }

    [Fact]
    public void A_wait_that_is_refused_for_its_arguments_leaves_nothing_in_progress()
    {
        using var scheduler = Schedulers.New();

        scheduler.ResultAsync<int>(async c =>
        {
            var task = c.NewTask(() => 1).Run();
            Assert.Throws<ArgumentException>(() => { _ = c.WaitAsync(Array.Empty<TaskHandle>()); });
            Assert.Throws<ArgumentNullException>(() => { _ = c.WaitAsync<TaskHandle>(null!); });
            Assert.Throws<ArgumentOutOfRangeException>(() => { _ = c.WaitAsync([task], TimeSpan.FromSeconds(-2)); });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => c.WaitAsync([task], cancellationToken: new CancellationToken(canceled: true)));
            c.StageForward();
            return 0;
        });
    }

    [Fact]
    public void The_handles_of_a_wait_may_be_submitted_while_they_are_enumerated()
    {
        using var scheduler = Schedulers.New();

        var sum = scheduler.ResultAsync<int>(async c =>
        {
            var (done, _) = await c.WaitAsync(Enumerable.Range(1, 3).Select(i => c.NewTask(() => i).Run()));
            return done.Sum(task => task.GetResult());
        });

        Assert.Equal(6, sum);
    }

    [Fact]
    [Guarantee("U5")]
    public void Flows_that_fork_are_served_one_at_a_time_or_refused_and_never_mixed_up()
    {
        using var scheduler = Schedulers.New(tasks: 2);

        var (submitted, refused) = scheduler.ResultAsync<(int, int)>(async c =>
        {
            var handles = new List<TaskHandle>();
            var refusals = 0;
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                for (var i = 0; i < 500; i++)
                {
                    try
                    {
                        var handle = c.NewTask(() => { }).Run();
                        lock (handles)
                            handles.Add(handle);
                    }
                    catch (InvalidOperationException)
                    {
                        Interlocked.Increment(ref refusals);
                    }
                }
            })));
            await c.WaitAsync(handles);
            return (handles.Count, refusals);
        });

        Assert.Equal(2000, submitted + refused);
        Assert.Equal(submitted, scheduler.Snapshot().Tasks.Succeeded);
    }

    private static void AssertRefused(AsyncScript<int> pipeline, string named)
    {
        Action[] calls =
        [
            pipeline.StageForward,
            () => pipeline.NewTask(() => 1).Run(),
            () => _ = pipeline.WaitAsync(Array.Empty<TaskHandle>()),
            () => _ = pipeline.AsCompleted(Array.Empty<TaskHandle>()),
        ];
        foreach (var call in calls)
            Assert.Contains(named, Assert.Throws<InvalidOperationException>(call).Message, StringComparison.Ordinal);
    }
}
