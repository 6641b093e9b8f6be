using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>Async pipelines that are awaiting, in every way there is, when their scheduler ends.</summary>
public sealed class AsyncPipelineDeathTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New();
    private readonly Gate _callable = new();

    public static TheoryData<string, string> Cases => Deaths.OnEachDispatcher;

    public void Dispose()
    {
        _callable.Dispose();
        _system.Terminate().EndsSomehow();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    [Guarantee("D1", "D6")]
    public void Every_finally_block_runs_and_every_handle_ends(string death, string dispatcher)
    {
        var options = Schedulers.Options(pipelines: 5).On(dispatcher);
        var scheduler = Scheduler.Attach(_system, options, Systems.SchedulerName);
        // Never disposed: the last to signal may still be inside when the waiter has gone on.
        var open = new CountdownEvent(5);
        var left = new CountdownEvent(5);
        PipelineHandle[] pipelines =
        [
            Open(async (c, _) => await Submitted(c)),
            Open((c, _) => Wait(c, [Submitted(c)])),
            Open(async (c, _) =>
            {
                await foreach (var task in c.AsCompleted([Submitted(c)]))
                    task.GetResult();
            }),
            Open((_, token) => token.UntilCancelled()),
            Open(async (c, token) =>
            {
                await token.UntilCancelled().ContinueWith(_ => { }, TaskScheduler.Default);
                _ = c.NewTask(() => { }).Run();
            }),
        ];
        Assert.True(open.Wait(Limits.Wait));
        _callable.WaitUntilEntered();

        _system.Die(death);

        Assert.All(pipelines, pipeline => Assert.IsType<SchedulerTerminatedException>(pipeline.GetException(Limits.Wait)));
        Assert.True(left.Wait(Limits.Wait), $"{left.CurrentCount} finally blocks did not run.");

        PipelineHandle Open(Func<AsyncScript<int>, CancellationToken, Task> body) => scheduler.RunAsync<int>(async (c, token) =>
        {
            try
            {
                var task = body(c, token);
                open.Signal();
                await task;
                return 0;
            }
            finally
            {
                await Task.Yield();
                left.Signal();
            }
        });

        TaskHandle Submitted(AsyncScript<int> c) => c.NewTask(_callable.Pass).Run();

        static async Task Wait(AsyncScript<int> c, TaskHandle[] tasks)
        {
            var (done, _) = await c.WaitAsync(tasks);
            done.Single().GetResult();
        }
    }

    [Fact]
    [Guarantee("T5")]
    public void The_token_is_cancelled_when_all_work_is_asked_to_end()
    {
        using var scheduler = Schedulers.New();
        using var started = new Gate();
        started.Open();
        var pipeline = scheduler.RunAsync<int>(async (c, token) =>
        {
            started.Pass();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => token.UntilCancelled());
            var late = c.NewTask(() => 1).Run();
            await Assert.ThrowsAsync<WorkCanceledException>(async () => await late);
            token.ThrowIfCancellationRequested();
            return 0;
        });
        started.WaitUntilEntered();

        scheduler.RequestTermination();

        Assert.IsAssignableFrom<OperationCanceledException>(pipeline.GetException(Limits.Wait));
        Assert.Equal(PipelineState.Failed, pipeline.State);
        scheduler.Close();
    }

    [Fact]
    [Guarantee("X6", "B4")]
    public void A_callback_on_the_token_that_throws_or_blocks_harms_nobody()
    {
        using var scheduler = Schedulers.New();
        using var blocked = new Gate();
        using var started = new Gate();
        started.Open();
        var pipeline = scheduler.RunAsync<int>(async (_, token) =>
        {
            await using var throwing = token.Register(() => throw new InvalidDataException());
            await using var blocking = token.Register(blocked.Pass);
            started.Pass();
            await token.UntilCancelled().ContinueWith(_ => { }, TaskScheduler.Default);
            return 3;
        });
        started.WaitUntilEntered();

        scheduler.RequestTermination();

        blocked.WaitUntilEntered();
        blocked.Open();
        Assert.Equal(3, pipeline.GetResult(Limits.Wait));
    }
}
