using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>Pipelines that await.</summary>
public class AsyncPipelineTests
{
    [Fact]
    public void It_submits_waits_and_moves_on_across_its_awaits()
    {
        using var scheduler = Schedulers.New(tasks: 2, resources: ("cpu", 2));

        var (result, stage) = scheduler.ResultAsync<(int, int)>(async c =>
        {
            var squares = Enumerable.Range(1, 4).Select(i => c.NewTask(() => i * i).Requires("cpu", 1).Run()).ToList();
            var (done, pending) = await c.WaitAsync(squares);
            Assert.Equal(4, done.Count);
            Assert.Empty(pending);
            c.StageForward();
            await Task.Yield();
            var sum = await c.NewTask(() => squares.Sum(square => square.GetResult())).Requires("cpu", 2).Run();
            c.StageForward();
            return (sum, c.Stage);
        });

        Assert.Equal(30, result);
        Assert.Equal(2, stage);
        Assert.Equal(5, scheduler.Snapshot().Tasks.Succeeded);
    }

    [Fact]
    public async Task One_without_a_result_can_be_run_and_awaited()
    {
        await using var scheduler = Schedulers.New();
        var ran = new List<int>();

        await scheduler.RunPipeline(new Plain(ran));

        Assert.Equal([1, 2], ran);
    }

    [Fact]
    [Guarantee("X2")]
    public void Its_failure_is_its_own_exception_with_its_own_stack_trace()
    {
        using var scheduler = Schedulers.New();
        var thrown = new InvalidDataException("bad");
        var pipeline = scheduler.RunAsync<int>(async _ =>
        {
            await Task.Yield();
            return ThrowHere(thrown);
        });

        Assert.Same(thrown, Assert.Throws<InvalidDataException>(() => pipeline.GetResult(Limits.Wait)));
        Assert.Contains(nameof(ThrowHere), thrown.StackTrace, StringComparison.Ordinal);
        Assert.Equal(PipelineState.Failed, pipeline.State);
    }

    [Fact]
    [Guarantee("X3")]
    public void One_that_throws_before_its_first_await_or_returns_no_task_fails()
    {
        using var scheduler = Schedulers.New();
        var thrown = new InvalidDataException();

        var throwing = scheduler.RunAsync<int>(_ => throw thrown);
        var empty = scheduler.RunAsync<int>(_ => null!);

        Assert.Same(thrown, throwing.GetException(Limits.Wait));
        Assert.Contains("returned null", Assert.IsType<InvalidOperationException>(empty.GetException(Limits.Wait)).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Guarantee("S2")]
    public void They_start_in_their_turn_so_many_at_a_time_together_with_the_blocking_ones()
    {
        using var scheduler = Schedulers.New(pipelines: 2);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var gate = new Gate();
        var started = new List<string>();
        var opened = scheduler.RunAsync<int>(async _ =>
        {
            Note("async 1");
            await first.Task;
            return 1;
        });
        var blocking = scheduler.Run(_ => { Note("blocking 2"); gate.Pass(); return 2; });
        var third = scheduler.RunAsync<int>(_ => { Note("async 3"); return Task.FromResult(3); });
        var fourth = scheduler.Run(_ => { Note("blocking 4"); return 4; });
        gate.WaitUntilEntered();
        Assert.Equal(PipelineState.Running, opened.State);
        Assert.Equal(PipelineState.Queued, third.State);
        Assert.True(scheduler.Snapshot().Pipelines is { Running: 2, Queued: 2 });

        first.SetResult();

        Assert.Equal(4, fourth.GetResult(Limits.Wait));
        Assert.Equal(3, third.GetResult(Limits.Wait));
        gate.Open();
        Assert.Equal(2, blocking.GetResult(Limits.Wait));
        Assert.Equal(["async 3", "blocking 4"], started[2..]);

        void Note(string what)
        {
            lock (started)
                started.Add(what);
        }
    }

    [Fact]
    public void A_queued_one_can_be_canceled_and_never_runs()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        scheduler.Run(_ => { gate.Pass(); return 0; });
        var ran = false;
        var pipeline = scheduler.RunAsync<int>(_ => { ran = true; return Task.FromResult(0); });

        Assert.True(pipeline.Cancel());

        gate.Open();
        scheduler.Close();
        Assert.Equal(PipelineState.Canceled, pipeline.State);
        Assert.False(ran);
    }

    [Fact]
    [Guarantee("U1", "U2")]
    public void It_sees_the_context_of_its_submitter_and_neither_synchronization_context_nor_task_scheduler()
    {
        using var scheduler = Schedulers.New();
        var local = new AsyncLocal<string> { Value = "mine" };

        var (before, after) = scheduler.ResultAsync<(string?, string?)>(async _ =>
        {
            Assert.Null(SynchronizationContext.Current);
            Assert.Same(TaskScheduler.Default, TaskScheduler.Current);
            var value = local.Value;
            local.Value = "changed";
            await Task.Yield();
            Assert.Null(SynchronizationContext.Current);
            return (value, local.Value);
        });

        Assert.Equal(("mine", "changed"), (before, after));
        Assert.Equal("mine", local.Value);
    }

    [Fact]
    public async Task It_can_be_submitted_by_message_and_gives_the_handle_of_its_result_type()
    {
        await using var scheduler = Schedulers.New();

        var accepted = await scheduler.ActorRef.Ask<SchedulerProtocol.PipelineAccepted>(
            new SchedulerProtocol.SubmitPipeline(new AsyncScript<int>(async (c, _) => await c.NewTask(() => 4).Run()), "mine"), Limits.Wait);

        var handle = Assert.IsType<PipelineHandle<int>>(accepted.Handle);
        Assert.Equal("mine", handle.Name);
        Assert.Equal(4, await handle);
    }

    [Fact]
    [Guarantee("K3")]
    public void Tasks_left_behind_go_on_and_Close_waits_for_them()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        TaskHandle? task = null;
        var pipeline = scheduler.RunAsync<int>(c =>
        {
            task = c.NewTask(gate.Pass).Run();
            return Task.FromResult(7);
        });
        Assert.Equal(7, pipeline.GetResult(Limits.Wait));
        gate.WaitUntilEntered();

        var closing = scheduler.CloseAsync();

        Assert.False(closing.IsCompleted);
        gate.Open();
        closing.Ends();
        Assert.Equal(TaskState.Succeeded, task!.State);
    }

    [Fact]
    [Guarantee("K5")]
    public void Closing_from_inside_is_refused_before_and_after_an_await()
    {
        using var scheduler = Schedulers.New();

        var refused = scheduler.ResultAsync<int>(async _ =>
        {
            Assert.Throws<InvalidOperationException>(() => scheduler.Close());
            await Task.Yield();
            await Assert.ThrowsAsync<InvalidOperationException>(() => scheduler.CloseAsync());
            return 2;
        });

        Assert.Equal(2, refused);
    }

    [Fact]
    public void Null_is_refused()
    {
        using var scheduler = Schedulers.New();

        Assert.Throws<ArgumentNullException>(() => scheduler.RunPipeline(null!));
        Assert.Throws<ArgumentNullException>(() => scheduler.RunPipeline<int>(null!));
        Assert.Throws<ArgumentNullException>(() => scheduler.RunPipeline((AsyncPipeline)null!));
        Assert.Throws<ArgumentNullException>(() => scheduler.RunPipeline((AsyncPipeline<int>)null!));
        Assert.Throws<ArgumentNullException>(() => scheduler.RunPipeline((PipelineBase)null!));
    }

    [Fact]
    public void Pipelines_of_mixed_kinds_can_be_submitted_alike_and_give_the_handles_of_their_result_types()
    {
        using var scheduler = Schedulers.New();
        PipelineBase[] pipelines =
        [
            new Plain([]), new AsyncScript<int>((_, _) => Task.FromResult(1)), new ScriptedPipeline<string>(_ => "two"),
        ];

        var handles = pipelines.Select(pipeline => scheduler.RunPipeline(pipeline)).ToList();

        Assert.Equal(3, scheduler.WaitPipelines(handles, Limits.Wait).Done.Count);
        Assert.IsType<PipelineHandle>(handles[0]);
        Assert.Equal(1, Assert.IsType<PipelineHandle<int>>(handles[1]).GetResult());
        Assert.Equal("two", Assert.IsType<PipelineHandle<string>>(handles[2]).GetResult());
    }

    private static int ThrowHere(Exception exception) => throw exception;

    private sealed class Plain(List<int> ran) : AsyncPipeline
    {
        protected override async Task RunAsync(CancellationToken cancellationToken)
        {
            ran.Add(1);
            await NewTask(() => ran.Add(2)).Run();
        }
    }
}
