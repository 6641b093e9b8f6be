using Akka.Actor;
using Akka.Configuration;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load;

/// <summary>Schedulers that are opened, used and closed, one after the other: each leaves everything as it found it.</summary>
internal static class Lifecycles
{
    private const int WarmUp = 5;

    private static int s_names;

    public static void InOneSystem(int count, string dispatcher) => InOneSystem(count, dispatcher, new Traces());

    public static void InOneSystem(int count, string dispatcher, Traces traces)
    {
        var prefix = NewPrefix();
        using var system = Systems.New(Hocon(prefix));
        var bystander = system.ActorOf(Props.Empty, "bystander");
        var options = SchedulerOptions.FromConfig(system.Settings.Config).On(dispatcher);
        AssertFlat(count, i =>
        {
            UseAndClose(Scheduler.Attach(system, options, i % 2 == 0 ? "again" : null), i, traces);
            Assert.Equal([bystander], ((ActorRefWithCell)((ExtendedActorSystem)system).Guardian).Children);
            AssertNoThread(prefix);
        });

        // Akka's actor that looks after subscriptions keeps the sender of its last message, a root, until the next one comes.
        UseAndClose(Scheduler.Attach(system, options), count, new Traces());

        // While the system lives: nothing of its own keeps what was closed.
        traces.AssertGone();
        system.Terminate().EndsSomehow();
    }

    public static void WithOwnSystems(int count, string dispatcher) => WithOwnSystems(count, dispatcher, new Traces());

    public static void WithOwnSystems(int count, string dispatcher, Traces traces)
    {
        var prefix = NewPrefix();
        var options = SchedulerOptions.FromConfig(ConfigurationFactory.ParseString(Hocon(prefix))).On(dispatcher);
        AssertFlat(count, i =>
        {
            UseAndClose(new Scheduler(options), i, traces);
            AssertNoThread(prefix);
        });
        traces.AssertGone();
    }

    private static void AssertFlat(int count, Action<int> cycle)
    {
        var series = new List<Vitals>();
        for (var i = 0; i < count + WarmUp; i++)
        {
            cycle(i);
            if (i >= WarmUp)
                series.Add(Vitals.Take());
        }

        Vitals.AssertFlat(series);
    }

    private static void UseAndClose(Scheduler scheduler, int i, Traces traces)
    {
        var handles = Enumerable.Range(0, 4).Select(n => Run(scheduler, n, traces)).ToList();
        Assert.Empty(scheduler.WaitPipelines(handles, Limits.Wait).Pending);
        Trace(scheduler, traces);
        Close(scheduler, i);
        Assert.Equal(6, handles.Sum(handle => handle.GetResult(TimeSpan.Zero)));
        Assert.True(scheduler.IsClosed);
    }

    private static PipelineHandle<int> Run(Scheduler scheduler, int n, Traces traces)
    {
        var pipeline = new ScriptedPipeline<int>(controls =>
        {
            var task = controls.NewTask(() => n).Run();
            lock (traces)
                traces.Add("task handles", task);
            return task.GetResult(Limits.Wait);
        });
        var handle = scheduler.RunPipeline(pipeline);
        lock (traces)
        {
            traces.Add("pipelines", pipeline);
            traces.Add("pipeline handles", handle);
        }

        return handle;
    }

    private static void Trace(Scheduler scheduler, Traces traces)
    {
        traces.Add("schedulers", scheduler);
        traces.Add("event feeds", Links.EventsOf(scheduler));
        Trace(((LocalActorRef)scheduler.ActorRef).Parent, traces);
    }

    /// <summary>The actor and those below it.</summary>
    private static void Trace(IActorRef actor, Traces traces)
    {
        // The cell of a root takes the place of the one that kept its first messages a moment after it has begun to work on them.
        ICell cell = null!;
        Assert.True(SpinWait.SpinUntil(() => (cell = ((ActorRefWithCell)actor).Underlying) is ActorCell, Limits.Wait), $"{actor}");
        traces.Add("actor references", actor);
        traces.Add("actor cells", cell);
        traces.Add("props", ((ActorCell)cell).Props);
        foreach (var child in ((ActorRefWithCell)actor).Children)
            Trace(child, traces);
    }

    private static void Close(Scheduler scheduler, int i)
    {
        switch (i % 4)
        {
            case 0:
                Bounded.OnOwnThread(() => scheduler.Close()).Ends();
                break;
            case 1:
                scheduler.CloseAsync().Ends();
                break;
            case 2:
                scheduler.ActorRef.Ask(new SchedulerProtocol.CloseScheduler(), Limits.Wait).Ends();
                Bounded.OnOwnThread(scheduler.Dispose).Ends();
                break;
            default:
                scheduler.DisposeAsync().AsTask().Ends();
                break;
        }
    }

    /// <summary>They have been joined; what the operating system still has to take away is out of their hands.</summary>
    private static void AssertNoThread(string prefix) => Assert.True(
        SpinWait.SpinUntil(() => NamedThreads.StartingWith(prefix).Count == 0, Limits.Wait),
        $"Left: {string.Join(", ", NamedThreads.StartingWith(prefix))}");

    private static string NewPrefix() => $"lc{Interlocked.Increment(ref s_names)}x";

    private static string Hocon(string prefix) => NamedThreads.Hocon(prefix, parallelism: 2);
}
