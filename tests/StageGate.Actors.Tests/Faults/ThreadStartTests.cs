using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Faults;

/// <summary>A thread of the scheduler's cannot be made: the first one of its kind, or a later one.</summary>
[Guarantee("D1", "D9", "L1")]
public class ThreadStartTests
{
    private const string Coordinators = "stagegate.dispatchers.coordinator";
    private const string Workers = "stagegate.dispatchers.worker";

    /// <summary>An actor that could not be run first can never stop, so its actor system gives it up.</summary>
    private const string GivesUpSoon = "akka.coordinated-shutdown.phases.actor-system-terminate.timeout = 50ms";

    [Theory]
    [InlineData(Coordinators, 0, Dispatchers.Inline)]
    [InlineData(Coordinators, 0, Dispatchers.Pinned)]
    [InlineData(Coordinators, 1, Dispatchers.Inline)]
    [InlineData(Coordinators, 1, Dispatchers.Pinned)]
    [InlineData(Workers, 0, Dispatchers.Inline)]
    [InlineData(Workers, 0, Dispatchers.Pinned)]
    [InlineData(Workers, 1, Dispatchers.Inline)]
    [InlineData(Workers, 1, Dispatchers.Pinned)]
    public void Every_handle_ends_no_thread_is_left_and_the_next_scheduler_is_unharmed(string kind, int threads, string dispatcher)
    {
        using var site = new FaultSite(dispatcher, $"{GivesUpSoon}\n{ThreadlessDispatcher.Hocon(kind, threads)}");
        if (threads == 1)
        {
            var callable = site.NewGate();
            site.Track(site.Scheduler.Run(controls => site.Track(controls.NewTask(callable.Pass).Requires("cpu", 1).Run()).GetException()));
            callable.WaitUntilEntered();
        }

        site.Track(site.Scheduler.Run(controls => site.Track(controls.NewTask(() => 1).Requires("cpu", 1).Run()).GetResult()));

        site.AssertAllFailed(handle => Assert.IsType<OutOfMemoryException>(handle.GetException()!.GetBaseException()));
        Bounded.OnOwnThread(() => site.Scheduler.Close()).Ends();
        Assert.True(site.Scheduler.IsClosed);
        Assert.Throws<SchedulerTerminatedException>(() => site.Scheduler.Run(_ => 1));
        ThreadlessDispatcher.Mend(site.System, kind);
        site.AssertGone(next: "next");
    }

    [Fact]
    public void Where_it_is_that_of_the_scheduler_itself_the_scheduler_cannot_be_made()
    {
        var system = Systems.New($"{GivesUpSoon}\n{ThreadlessDispatcher.Hocon(Dispatchers.Pinned, threads: 0)}");

        var failed = Assert.Throws<InvalidOperationException>(
            () => Scheduler.Attach(system, Schedulers.Options().On(Dispatchers.Pinned), Systems.SchedulerName));

        Assert.IsType<OutOfMemoryException>(failed.GetBaseException());
        using var next = Scheduler.Attach(system, Schedulers.Options(), "next");
        Assert.Equal(7, next.Result(controls => controls.NewTask(() => 7).Run().GetResult(Limits.Wait)));
        next.Close();
        system.Terminate().EndsSomehow();
    }
}
