using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>The thread pool has far more blocked work items than threads, and gets a new thread only now and then.</summary>
[Collection(WholeProcess.Name)]
[Guarantee("B2")]
public class StarvationTests
{
    private const int Blocked = 200;

    public static TheoryData<string> Each => [Dispatchers.Inline, Dispatchers.Pinned];

    [Theory]
    [MemberData(nameof(Each))]
    public void The_facade_answers_a_pool_thread_and_other_threads_while_the_pool_is_starved(string dispatcher)
    {
        // Not disposed of: work items that have not even begun come to it when the test is over.
        var gate = new ManualResetEventSlim();
        using var starved = new ManualResetEventSlim();
        using var scheduler = new Scheduler(Schedulers.Options(pipelines: 12, tasks: 12, ("lock", 8)).On(dispatcher));
        try
        {
            using var entered = new ManualResetEventSlim();
            var onPool = Task.Run(() =>
            {
                entered.Set();
                Assert.True(starved.Wait(Limits.Wait));
                CallEverything(scheduler);
                return true;
            });
            Assert.True(entered.Wait(Limits.Wait));
            Starve(gate);
            starved.Set();
            var onOwnThreads = Bounded.OnOwnThreads(4, _ =>
            {
                CallEverything(scheduler);
                return true;
            });

            Assert.True(onPool.Ends());
            Assert.All(onOwnThreads.End(), Assert.True);
        }
        finally
        {
            gate.Set();
        }
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void Closing_ends_while_the_pool_is_starved(string dispatcher)
    {
        // Not disposed of: work items that have not even begun come to it when the test is over.
        var gate = new ManualResetEventSlim();
        var scheduler = new Scheduler(Schedulers.Options(pipelines: 2, tasks: 2, ("lock", 8)).On(dispatcher));
        try
        {
            Starve(gate);
            Assert.Equal(1, scheduler.Result(controls => controls.NewTask(() => 1).Run().GetResult(Limits.Wait)));

            Bounded.OnOwnThread(() => scheduler.Close()).Ends();

            Assert.True(scheduler.IsClosed);
        }
        finally
        {
            gate.Set();
        }
    }

    private static void CallEverything(Scheduler scheduler)
    {
        for (var i = 0; i < 20; i++)
        {
            var pipeline = scheduler.Run(controls => controls.NewTask(() => 1).Run().GetResult(Limits.Wait));
            scheduler.Snapshot();
            pipeline.Snapshot();
            pipeline.Cancel();
            Assert.Equal([pipeline], scheduler.WaitPipelines([pipeline], Limits.Wait).Done);
            Assert.True(pipeline.IsDone);
        }
    }

    private static void Starve(ManualResetEventSlim gate)
    {
        ThreadPool.GetMinThreads(out var threads, out _);
        using var blocked = new CountdownEvent(threads);
        var started = 0;
        for (var i = 0; i < Blocked; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    if (Interlocked.Increment(ref started) <= threads)
                        blocked.Signal();
                    gate.Wait(Limits.Wait * 2);
                },
                null);
        }

        Assert.True(blocked.Wait(Limits.Wait));
    }
}
