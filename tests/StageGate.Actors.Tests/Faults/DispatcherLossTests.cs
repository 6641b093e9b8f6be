using Akka.Actor;
using Akka.Configuration;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Faults;

/// <summary>
/// A dispatcher of the user's that has run its actors well, and then throws when one of them is told something. Akka swallows that, and never
/// runs that actor again.
/// </summary>
public class DispatcherLossTests
{
    private const string Worker = nameof(SchedulerOptions.WorkerDispatcher);
    private const string Coordinator = nameof(SchedulerOptions.CoordinatorDispatcher);
    private const string Own = nameof(SchedulerOptions.SchedulerDispatcher);

    /// <summary>What reaches the scheduler's own actor first.</summary>
    private static readonly Dictionary<string, Action<FaultSite>> s_calls = new()
    {
        ["a pipeline is submitted"] = site => Assert.IsType<SchedulerTerminatedException>(
            site.Track(site.Scheduler.Run(_ => 1)).GetException(Limits.Wait)),
        ["a pipeline is canceled"] = site => Assert.False(site.Pending.Cancel()),
        ["a pipeline is looked at"] = site => Assert.Equal(PipelineState.Failed, site.Pending.Snapshot().State),
        ["a pipeline ends"] = site => site.Body.Open(),
        ["a task is canceled"] = site => Assert.False(site.Queued.Cancel()),
        ["a task is asked to end"] = site => Assert.False(site.Running.RequestTermination()),
        ["a task ends"] = site => site.Callable.Open(),
        ["all is looked at"] = site => Assert.Equal(0, site.Scheduler.Snapshot().Tasks.Admitted),
        ["shutdown begins"] = site => site.Scheduler.Shutdown(),
        ["all is asked to end"] = site => site.Scheduler.RequestTermination(),
        ["it is closed"] = site => site.Scheduler.Close(),
        ["it is stopped"] = site => site.System.Stop(site.Scheduler.ActorRef),
        ["a message comes"] = site => site.Scheduler.ActorRef.Tell(SchedulerProtocol.GetSnapshot.Instance, ActorRefs.NoSender),
    };

    private static readonly Dictionary<string, Func<Scheduler, Task>> s_closes = new()
    {
        ["Close"] = scheduler => Bounded.OnOwnThread(() => scheduler.Close()),
        ["CloseAsync"] = scheduler => scheduler.CloseAsync(),
        ["Dispose"] = scheduler => Bounded.OnOwnThread(scheduler.Dispose),
        ["DisposeAsync"] = scheduler => scheduler.DisposeAsync().AsTask(),
    };

    public static TheoryData<string> Calls => [.. s_calls.Keys];

    public static TheoryData<string, string, string> Closes
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var close in s_closes.Keys)
            {
                foreach (var role in (string[])[Worker, Coordinator])
                {
                    data.Add(close, role, Dispatchers.Inline);
                    data.Add(close, role, Dispatchers.Pinned);
                }

                // Its own dispatcher is the faulty one.
                data.Add(close, Own, "faulty");
            }

            return data;
        }
    }

    [Theory]
    [Guarantee("D1", "D2", "D10")]
    [InlineData(Worker, Dispatchers.Inline)]
    [InlineData(Worker, Dispatchers.Pinned)]
    [InlineData(Coordinator, Dispatchers.Inline)]
    [InlineData(Coordinator, Dispatchers.Pinned)]
    public void Work_that_it_does_not_run_fails_of_what_it_threw_and_so_does_all_that_is_open(string role, string dispatcher)
    {
        using var site = Broken(role, dispatcher, out var running);

        var told = site.Track(site.Scheduler.Run(controls => controls.NewTask(() => 1).Run().GetResult()));

        Assert.IsType<SchedulerTerminatedException>(told.GetException(Limits.Wait));
        Assert.IsType<SchedulerTerminatedException>(running.GetException(Limits.Wait));
        AssertDeadAndUnharmed(site);
    }

    [Theory]
    [Guarantee("D1", "D2", "D4", "D10")]
    [MemberData(nameof(Calls))]
    public void Whatever_is_said_to_a_scheduler_that_it_does_not_run_ends_and_so_does_every_handle(string call)
    {
        using var site = new FaultSite("faulty", FaultyDispatcher.Hocon("later")).Populate();
        FaultyDispatcher.Break(site.System, busy: 0);

        Bounded.OnOwnThread(() => s_calls[call](site)).Ends();

        AssertDeadAndUnharmed(site);
    }

    [Theory]
    [Guarantee("D10", "K3", "K7")]
    [MemberData(nameof(Closes))]
    public void A_close_in_good_order_returns_though_an_actor_can_never_stop(string close, string role, string dispatcher)
    {
        using var site = Site(role, dispatcher);
        var pipeline = site.Scheduler.Run(controls => controls.NewTask(() => 7).Run().GetResult());
        Assert.Equal(7, pipeline.GetResult(Limits.Wait));
        FaultyDispatcher.Break(site.System, busy: 0);

        s_closes[close](site.Scheduler).Ends();

        Assert.True(site.Scheduler.IsClosed);
        Assert.Equal(7, pipeline.GetResult());
        Assert.Equal((1, 1), (site.Scheduler.Snapshot().Pipelines.Succeeded, site.Scheduler.Snapshot().Tasks.Succeeded));
        Assert.ThrowsAny<InvalidOperationException>(() => site.Scheduler.Run(_ => 1));
        AssertUnharmed(site);
    }

    [Theory]
    [Guarantee("D10", "K4")]
    [InlineData(Worker)]
    [InlineData(Coordinator)]
    [InlineData(Own)]
    public void A_scheduler_with_a_system_of_its_own_closes_however_often_it_is_told_to(string role)
    {
        var options = SchedulerOptions.FromConfig(ConfigurationFactory.ParseString(FaultyDispatcher.Hocon("later")));
        Set(options, role);
        var scheduler = new Scheduler(options);
        var system = ((ActorRefWithCell)scheduler.ActorRef).Underlying.System;
        Assert.Equal(7, scheduler.Result(controls => controls.NewTask(() => 7).Run().GetResult()));
        FaultyDispatcher.Break(system, busy: 0);

        Assert.All(Bounded.OnOwnThreads(4, _ => Record.Exception(scheduler.Dispose)).End(), Assert.Null);

        Assert.True(scheduler.IsClosed);
        FaultyDispatcher.Mend(system);
        system.WhenTerminated.Ends();
    }

    [Theory]
    [Guarantee("N21", "W1")]
    [InlineData(Worker, Dispatchers.Inline)]
    [InlineData(Worker, Dispatchers.Pinned)]
    [InlineData(Coordinator, Dispatchers.Inline)]
    [InlineData(Coordinator, Dispatchers.Pinned)]
    public void Where_it_says_nothing_the_waits_end_with_their_time_or_with_the_actor_system(string role, string dispatcher)
    {
        using var site = Broken(role, dispatcher, out var running, silently: true);
        var told = site.Track(site.Scheduler.Run(controls => controls.NewTask(() => 1).Run().GetResult()));
        var close = site.Scheduler.CloseAsync();

        Assert.Throws<TimeoutException>(() => told.GetResult(TimeSpan.FromMilliseconds(1)));
        Assert.Same(told, Assert.Single(site.Scheduler.WaitPipelines([told], TimeSpan.FromMilliseconds(1)).Pending));
        Assert.False(running.IsDone);
        Assert.False(close.IsCompleted);
        Assert.Equal(2, site.Scheduler.Snapshot().Pipelines.Succeeded);

        _ = site.System.Terminate();

        close.Ends();
        Assert.IsType<SchedulerTerminatedException>(told.GetException(Limits.Wait));
        Assert.IsType<SchedulerTerminatedException>(running.GetException(Limits.Wait));
        FaultyDispatcher.Mend(site.System);
        site.AssertGone(systemToo: true);
    }

    /// <summary>One task is blocked, and the next one and the next pipeline find actors that are idle, and will get no thread.</summary>
    private static FaultSite Broken(string role, string dispatcher, out TaskHandle running, bool silently = false)
    {
        var site = Site(role, dispatcher);
        using (var all = new Barrier(2))
        {
            PipelineHandle<bool>[] pipelines = [.. Enumerable.Range(0, 2).Select(_ => site.Scheduler.Run(controls =>
                controls.NewTask(() => all.SignalAndWait(Limits.Wait)).Run().GetResult(Limits.Wait)))];
            Assert.All(pipelines, pipeline => Assert.True(pipeline.GetResult(Limits.Wait)));
        }

        var callable = site.NewGate();
        var submitted = new TaskCompletionSource<TaskHandle>();
        site.Track(site.Scheduler.Run(controls =>
        {
            submitted.SetResult(site.Track(controls.NewTask(callable.Pass).Run()));
            return controls.Wait([submitted.Task.Result]).Done.Count;
        }));
        running = submitted.Task.Ends();
        callable.WaitUntilEntered();
        FaultyDispatcher.Break(site.System, busy: 1, silently);
        return site;
    }

    private static FaultSite Site(string role, string dispatcher) =>
        new(dispatcher, FaultyDispatcher.Hocon("later"), options => Set(options, role));

    private static void Set(SchedulerOptions options, string role) => typeof(SchedulerOptions).GetProperty(role)!.SetValue(options, "faulty");

    private static void AssertDeadAndUnharmed(FaultSite site)
    {
        site.AssertAllFailed(handle => Assert.IsType<NoThreadException>(handle.GetException()!.InnerException));
        Bounded.OnOwnThread(() => site.Scheduler.Close()).Ends();
        Assert.True(site.Scheduler.IsClosed);
        AssertUnharmed(site);
        site.AssertDead();
    }

    /// <summary>The next one is well, while the dispatcher is broken under another name, and when the actors were run after all under the same.</summary>
    private static void AssertUnharmed(FaultSite site)
    {
        using (var next = Scheduler.Attach(site.System, Schedulers.Options(), "next"))
            Assert.Equal(7, next.Result(controls => controls.NewTask(() => 7).Run().GetResult(Limits.Wait)));
        FaultyDispatcher.Mend(site.System);
        site.AssertGone();
    }
}
