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

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("N9")]
    public void What_runs_on_the_pool_waits_for_it_and_blocking_work_goes_on(string dispatcher)
    {
        // Not disposed of: work items that have not even begun come to it when the test is over.
        var gate = new ManualResetEventSlim();
        using var system = Systems.New();
        using var scheduler = Scheduler.Attach(system, Schedulers.Options(pipelines: 4, tasks: 4).On(dispatcher));
        ThreadPool.GetMinThreads(out var least, out _);
        ThreadPool.GetMaxThreads(out var most, out var ports);
        try
        {
            // It may have got hundreds of threads in other tests, and some may be blocked there for ever: it gets a few more, and no others after.
            var threads = Math.Max(ThreadPool.ThreadCount + least + 1, Environment.ProcessorCount);
            Assert.True(ThreadPool.SetMaxThreads(threads, ports));
            Starve(gate, threads + Blocked);
            var subscriber = new Correspondent(system);
            subscriber.Tell(scheduler, new SchedulerProtocol.Subscribe());
            var flow = scheduler.RunAsync<int>(_ => Task.FromResult(1));
            var (ended, continued, callback) = scheduler.Result(c =>
            {
                using var running = new Gate();
                var told = new TaskCompletionSource();
                var task = c.NewTask(token =>
                {
                    token.Register(told.SetResult);
                    running.Pass();
                }).Run();
                var continuation = task.Completion.ContinueWith(_ => { }, TaskScheduler.Default);
                running.WaitUntilEntered();
                Assert.True(task.RequestTermination());
                running.Open();
                Assert.Equal([task], c.Wait([task], Limits.Wait).Done);
                return (task, continuation, told.Task);
            });

            // Far more work items than the pool has threads come before each of these, and none of them ends.
            Assert.Equal(TaskState.Succeeded, ended.State);
            Assert.Equal(PipelineState.Running, flow.State);
            Assert.False(continued.IsCompleted);
            Assert.False(callback.IsCompleted);
            Assert.False(subscriber.HasMail);

            gate.Set();
            Assert.Equal(1, flow.GetResult(Limits.Wait));
            continued.Ends();
            callback.Ends();
            subscriber.Next<SchedulerProtocol.Subscribed>();
        }
        finally
        {
            gate.Set();
            ThreadPool.SetMaxThreads(most, ports);
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

    private static void Starve(ManualResetEventSlim gate, int items = Blocked)
    {
        ThreadPool.GetMinThreads(out var threads, out _);
        // Never disposed: the last to signal may still be inside when the waiter has gone on.
        var blocked = new CountdownEvent(threads);
        var started = 0;
        for (var i = 0; i < items; i++)
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
