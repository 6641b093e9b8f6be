using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>What GUARANTEES.md says that one must not rely on where it comes to threads.</summary>
public class NotGuaranteedOfThreadsTests
{
    [ThreadStatic]
    private static string? s_left;

    [Fact]
    [Guarantee("N23")]
    public void A_scheduler_that_nobody_closes_and_nobody_holds_lives_on_with_threads_that_keep_no_process()
    {
        using var system = Systems.New();
        var threads = AttachAndForget(system);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.Equal(2, threads.Length);
        Assert.All(threads, thread => Assert.True(thread is { IsAlive: true, IsBackground: true }));
        Assert.True(system.Has(Systems.SchedulerName));
    }

    [Fact]
    [Guarantee("N24")]
    public void What_belongs_to_the_thread_itself_reaches_the_next_callable()
    {
        using var scheduler = Schedulers.New();
        using var local = new ThreadLocal<string?>();

        var seen = scheduler.Result(c =>
        {
            c.NewTask(() => s_left = local.Value = "left").Run();
            c.NewTask(() => Thread.CurrentThread.Priority = ThreadPriority.BelowNormal).Run();
            return c.NewTask(() => (s_left, local.Value, Thread.CurrentThread.Priority)).Run().GetResult(Limits.Wait);
        });

        Assert.Equal(("left", "left", ThreadPriority.BelowNormal), seen);
    }

    [Fact]
    [Guarantee("N25")]
    public void Two_warnings_may_come_at_the_same_time()
    {
        using var together = new Barrier(2);
        using var met = new CountdownEvent(2);
        var options = Schedulers.Options();
        options.OnWarning = (_, _) =>
        {
            if (together.SignalAndWait(Limits.Wait))
                met.Signal();
        };
        using var scheduler = new Scheduler(options);
        using var gate = new Gate();

        scheduler.Result(c =>
        {
            c.NewTask(gate.Pass).Run();
            return (c.NewTask(() => throw new InvalidDataException()).Run(), c.NewTask(() => throw new InvalidDataException()).Run());
        });
        gate.Open();

        Assert.True(met.Wait(Limits.Wait));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Thread[] AttachAndForget(ActorSystem system)
    {
        var scheduler = Scheduler.Attach(system, Schedulers.Options(), Systems.SchedulerName);
        var threads = new ConcurrentQueue<Thread>();
        scheduler.Result(c =>
        {
            threads.Enqueue(Thread.CurrentThread);
            return c.NewTask(() => threads.Enqueue(Thread.CurrentThread)).Run().GetException(Limits.Wait);
        });
        return [.. threads];
    }
}
