using System.Collections.Concurrent;
using StageGate.Actors.Engine.Dispatch;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>Each test gives its threads a name of its own.</summary>
[Guarantee("K3")]
public class ThreadLeakTests
{
    private static int s_names;

    private readonly string _prefix = $"lk{Interlocked.Increment(ref s_names)}x";

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    public void Closing_a_scheduler_with_its_own_system_leaves_no_thread(string dispatcher)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var options = SchedulerOptions.FromConfig(Akka.Configuration.ConfigurationFactory.ParseString(Hocon));
        var scheduler = new Scheduler(options.On(dispatcher));

        UseAndClose(scheduler, dispatcher);
    }

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    public void Closing_an_attached_scheduler_leaves_no_thread(string dispatcher)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var system = Systems.New(Hocon);
        for (var round = 0; round < 3; round++)
        {
            var scheduler = Scheduler.Attach(system, SchedulerOptions.FromConfig(system.Settings.Config).On(dispatcher));
            UseAndClose(scheduler, dispatcher);
        }
    }

    /// <summary>The actor has stopped by then, and its thread is in what comes last.</summary>
    [Fact]
    public void A_close_waits_for_the_last_step_of_each_thread()
    {
        using var system = Systems.New();
        using var scheduler = Scheduler.Attach(system, Schedulers.Options(), Systems.SchedulerName);
        using var gate = new Gate();
        var dispatcher = Assert.IsType<PinnedThreadDispatcher>(system.Dispatchers.Lookup(Dispatchers.Pinned));
        dispatcher.Thread!.Execute(new LastStep(gate));
        dispatcher.Thread.Complete();
        Links.ThreadsOf(scheduler).Add(dispatcher);

        var closing = Bounded.OnOwnThread(() => scheduler.Close());

        // Where it did not wait, it would have returned when so much more has been done.
        Assert.True(SpinWait.SpinUntil(() => !system.Has(Systems.SchedulerName), Limits.Wait));
        using (var other = Scheduler.Attach(system, Schedulers.Options()))
            other.Result(c => c.NewTask(() => 1).Run().GetResult(Limits.Wait));
        Assert.False(closing.IsCompleted);
        gate.Open();
        closing.Ends();
    }

    private string Hocon => NamedThreads.Hocon(_prefix, parallelism: 4);

    private void UseAndClose(Scheduler scheduler, string dispatcher)
    {
        var used = new ConcurrentBag<Thread>();
        using var together = new Barrier(4);
        Parallel(scheduler, controls => controls.NewTask(Meet).Run().GetResult(Limits.Wait));
        Parallel(scheduler, _ => Meet());
        Assert.Equal(dispatcher == Dispatchers.Pinned ? 9 : 8, Threads().Count);

        Bounded.OnOwnThread(() => scheduler.Close()).Ends();

        Assert.Equal(8, used.Distinct().Count());
        Assert.DoesNotContain(used, thread => thread.IsAlive);

        // What the operating system still has to take away is out of their hands.
        Assert.True(SpinWait.SpinUntil(() => Threads().Count == 0, Limits.Wait), $"Left: {string.Join(", ", Threads())}");

        bool Meet()
        {
            used.Add(Thread.CurrentThread);
            return together.SignalAndWait(Limits.Wait);
        }
    }

    private static void Parallel(Scheduler scheduler, Func<IPipelineControls, bool> script)
    {
        var handles = Enumerable.Range(0, 4).Select(_ => scheduler.Run(script)).ToList();
        Assert.All(handles, handle => Assert.True(handle.GetResult(Limits.Wait)));
    }

    private List<string> Threads() => NamedThreads.StartingWith(_prefix);

    private sealed class LastStep(Gate gate) : Akka.Dispatch.IRunnable
    {
        public void Run() => gate.Pass();

        public void Execute() => Run();
    }
}
