using System.Collections.Concurrent;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>Code that got hold of threads of the scheduler's, and interrupts them whatever they are doing.</summary>
public class InterruptTests
{
    public static TheoryData<string> Each => [Dispatchers.Inline, Dispatchers.Pinned];

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("N10", "D1")]
    public void However_it_ends_every_handle_ends_and_closing_returns(string dispatcher)
    {
        var options = Schedulers.Options(2, 2, ("cpu", 2)).On(dispatcher);
        options.OnWarning = (_, _) => { };
        using var scheduler = new Scheduler(options);
        var threads = new ConcurrentDictionary<Thread, bool>();
        var over = false;
        var interrupting = Bounded.OnOwnThread(() =>
        {
            while (!Volatile.Read(ref over))
            {
                foreach (var thread in threads.Keys)
                    thread.Interrupt();
                Thread.Yield();
            }
        });

        var handles = new ConcurrentQueue<WorkHandle>();
        var refusals = Enumerable.Range(0, 50).Select(_ => Record.Exception(() => handles.Enqueue(scheduler.Run(c =>
        {
            threads.TryAdd(Thread.CurrentThread, true);
            for (var i = 0; i < 5; i++)
            {
                handles.Enqueue(c.NewTask(() => threads.TryAdd(Thread.CurrentThread, true)).Requires("cpu", 1).Run());
                c.StageForward();
            }

            return 1;
        })))).ToList();

        // The pipelines first: each has submitted its tasks before it ends.
        foreach (var handle in handles.OfType<PipelineHandle>())
            handle.Completion.EndsSomehow();
        foreach (var handle in handles)
            handle.Completion.EndsSomehow();
        Volatile.Write(ref over, true);
        interrupting.Ends();
        Bounded.OnOwnThread(() => scheduler.Close()).Ends();
        Assert.True(scheduler.IsClosed);
        Assert.All(refusals, refusal => Assert.True(refusal is null or SchedulerTerminatedException, refusal?.ToString()));
        Assert.All(handles, handle => Assert.True(handle.IsDone));
        Assert.All(scheduler.Snapshot().Resources, resource => Assert.Equal(0, resource.InUse));
    }

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("X7")]
    public void One_that_waits_for_its_thread_does_not_strike_in_the_scheduler_and_is_not_lost(string dispatcher)
    {
        using var system = Systems.New();
        var clock = new WaitingClock();
        var options = Schedulers.Options().On(dispatcher);
        options.TimeProvider = clock;
        using var scheduler = Scheduler.Attach(system, options);
        var listener = new Correspondent(system);
        listener.Subscribe(scheduler);

        var struck = Bounded.OnOwnThread(() =>
        {
            Thread.CurrentThread.Interrupt();
            listener.Tell(scheduler, new SchedulerProtocol.SubmitPipeline(new ScriptedPipeline<int>(_ => 7)));
            return Interrupts.StrikeNow();
        }).Ends();

        Assert.True(struck);
        var ended = listener.Until<SchedulerProtocol.PipelineEnded>();
        Assert.NotEmpty(ended.OfType<SchedulerEvents.PipelineStarted>());
        Assert.False(clock.WasStruck);
        system.Terminate().EndsSomehow();
    }

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("X7")]
    public void One_that_waits_for_a_thread_that_submits_does_not_strike_in_the_clock_of_events_and_is_not_lost(string dispatcher)
    {
        using var system = Systems.New();
        var clock = new WaitingClock();
        var options = Schedulers.Options().On(dispatcher);
        options.TimeProvider = clock;
        using var scheduler = Scheduler.Attach(system, options);
        var listener = new Correspondent(system);
        listener.Subscribe(scheduler);

        var struck = Bounded.OnOwnThread(() =>
        {
            Thread.CurrentThread.Interrupt();
            var handle = scheduler.Run(_ => 7);
            return (Handle: handle, Later: Interrupts.StrikeNow());
        }).Ends();

        Assert.True(struck.Later);
        Assert.Equal(7, struck.Handle.GetResult(Limits.Wait));
        Assert.False(clock.WasStruck);
        system.Terminate().EndsSomehow();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Guarantee("X7", "L7")]
    public void One_that_an_async_callable_leaves_on_its_thread_does_not_strike_where_the_thread_waits_for_what_it_returned(bool hasResult)
    {
        using var scheduler = Schedulers.New(1, 1, ("cpu", 1));
        var source = new TaskCompletionSource<int>();
        Task<int> Interrupt()
        {
            Thread.CurrentThread.Interrupt();
            return source.Task;
        }

        scheduler.Result(c =>
        {
            TaskHandle task = hasResult
                ? c.NewTask(Interrupt).Requires("cpu", 1).Run()
                : c.NewTask((Func<Task>)Interrupt).Requires("cpu", 1).Run();
            Assert.True(SpinWait.SpinUntil(() => task.State == TaskState.Running, Limits.Wait));
            Assert.Equal([task], c.Wait([task], TimeSpan.FromMilliseconds(50)).Pending);
            Assert.Equal(1, Assert.Single(scheduler.Snapshot().Resources).InUse);
            source.SetResult(7);
            task.GetResult(Limits.Wait);
            return 1;
        });
    }

    /// <summary>A clock that looks for an interrupt whenever it is read.</summary>
    private sealed class WaitingClock : TimeProvider
    {
        public bool WasStruck { get; private set; }

        public override DateTimeOffset GetUtcNow()
        {
            WasStruck |= Interrupts.StrikeNow();
            return base.GetUtcNow();
        }
    }
}
