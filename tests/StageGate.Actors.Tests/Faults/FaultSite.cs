using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Faults;

/// <summary>
/// A scheduler at <c>/user/sg</c> with an actor system and threads of its own, for a fault to strike; and what must hold after every fault,
/// whether the scheduler died of it or lives on.
/// </summary>
internal sealed class FaultSite : IDisposable
{
    private const int Tasks = 2;
    private static int s_sites;

    private readonly string _threads = $"ft{Interlocked.Increment(ref s_sites)}x";
    private readonly List<WorkHandle> _handles = [];
    private readonly List<Gate> _gates = [];
    private readonly SchedulerOptions _options;
    private readonly string _hocon;

    public FaultSite(string dispatcher = Dispatchers.Inline, string hocon = "", Action<SchedulerOptions>? configure = null)
    {
        _hocon = hocon;
        System = Systems.New(
            $$"""
            {{hocon}}
            stagegate.dispatchers {
              pinned.thread-name = "{{_threads}}s"
              coordinator.thread-name = "{{_threads}}c"
              worker.thread-name = "{{_threads}}w"
            }
            """);
        _options = Schedulers.Options(pipelines: 2, Tasks, ("cpu", Tasks)).On(dispatcher);
        configure?.Invoke(_options);
        Scheduler = Scheduler.Attach(System, _options, Systems.SchedulerName);
    }

    public ActorSystem System { get; }

    public Scheduler Scheduler { get; }

    public TaskHandle<int> Running { get; private set; } = null!;

    public TaskHandle<int> Queued { get; private set; } = null!;

    public PipelineHandle<int> Pending { get; private set; } = null!;

    public PipelineHandle<int> Blocked { get; private set; } = null!;

    /// <summary>All that was tracked.</summary>
    public WorkHandle[] Handles
    {
        get
        {
            lock (_handles)
                return [.. _handles];
        }
    }

    /// <summary>Where the running task is.</summary>
    public Gate Callable { get; private set; } = null!;

    /// <summary>Where the blocked pipeline is.</summary>
    public Gate Body { get; private set; } = null!;

    public void Dispose()
    {
        _gates.ForEach(gate => gate.Dispose());
        System.Terminate().EndsSomehow();
    }

    /// <summary>A gate that is opened when the fault has struck.</summary>
    public Gate NewGate()
    {
        var gate = new Gate();
        _gates.Add(gate);
        return gate;
    }

    /// <summary>Lets all go that are blocked.</summary>
    public void OpenGates() => _gates.ForEach(gate => gate.Open());

    public THandle Track<THandle>(THandle handle)
        where THandle : WorkHandle
    {
        lock (_handles)
            _handles.Add(handle);
        return handle;
    }

    /// <summary>One pipeline waits for its tasks, one is blocked, one is pending; one task is running, and one is queued.</summary>
    /// <param name="afterwards">What the blocked pipeline does when it is let go.</param>
    public FaultSite Populate(Action<IPipelineControls>? afterwards = null)
    {
        (Callable, Body) = (NewGate(), NewGate());
        using var submitted = new Gate();
        Track(Scheduler.Run(controls =>
        {
            Running = Track(controls.NewTask(_ => Pass(Callable)).Requires("cpu", 1).Run());
            Queued = Track(controls.NewTask(() => 1).Requires("cpu", Tasks).Run());
            submitted.Pass();
            return controls.Wait([Running, Queued]).Done.Count;
        }));
        Blocked = Track(Scheduler.Run(controls =>
        {
            Body.Pass();
            afterwards?.Invoke(controls);
            return 1;
        }));
        Pending = Track(Scheduler.Run(_ => 1));
        submitted.WaitUntilEntered();
        Callable.WaitUntilEntered();
        Body.WaitUntilEntered();
        submitted.Open();
        return this;
    }

    public static int Pass(Gate gate)
    {
        gate.Pass();
        return 1;
    }

    /// <summary>The scheduler has died: all that was open failed and says so, whatever still blocks its threads.</summary>
    /// <param name="systemToo">Whether the actor system went down with it.</param>
    public void AssertDead(bool systemToo = false)
    {
        AssertAllFailed();
        Assert.Throws<SchedulerTerminatedException>(() => Scheduler.Run(_ => 1));
        AssertGone(systemToo);
    }

    /// <summary>All that was open failed because the scheduler has died.</summary>
    /// <param name="andSo">What else is true of each handle.</param>
    public void AssertAllFailed(Action<WorkHandle>? andSo = null)
    {
        foreach (var handle in Handles)
        {
            Assert.IsType<SchedulerTerminatedException>(handle.GetException(Limits.Wait));
            andSo?.Invoke(handle);
        }
    }

    /// <summary>The scheduler lives on: all that was open ends well once it is let go, and every place can be used.</summary>
    public void AssertAlive()
    {
        OpenGates();
        foreach (var handle in Handles)
            Assert.Null(handle.GetException(Limits.Wait));

        // Some pipelines have no handle here; they end as well, but maybe a moment later.
        Assert.True(SpinWait.SpinUntil(() => Scheduler.Snapshot().Pipelines.Running == 0, Limits.Wait), "A pipeline is still running.");
        AssertWorks(Scheduler);
        AssertGone();
    }

    /// <summary>Nothing is left of the scheduler, and the next one in its place finds all in order.</summary>
    /// <param name="systemToo">Whether the actor system went down with it.</param>
    /// <param name="next">The name of the next one, where that of this one stays taken.</param>
    public void AssertGone(bool systemToo = false, string next = Systems.SchedulerName)
    {
        foreach (var handle in Handles)
        {
            handle.Completion.EndsSomehow();
            Assert.True(handle.IsDone, $"{handle} has not ended.");
            (handle as PipelineHandle)?.Drained.Ends();
        }

        OpenGates();
        Bounded.OnOwnThread(() => Scheduler.Close()).Ends();
        Scheduler.CloseAsync().Ends();
        Assert.True(Scheduler.IsClosed);
        AssertNothingInUse(Scheduler.Snapshot());
        if (systemToo)
            System.WhenTerminated.EndsSomehow();
        else if (next == Systems.SchedulerName)
            Assert.True(SpinWait.SpinUntil(IsNameFree, Limits.Wait), "Its actors are still there.");
        Assert.True(SpinWait.SpinUntil(() => Threads().Count == 0, Limits.Wait), $"Left: {string.Join(", ", Threads())}");

        using var other = systemToo ? Systems.New(_hocon) : null;
        using var successor = Scheduler.Attach(other ?? System, _options, next);
        AssertWorks(successor);
        successor.Close();
        AssertNothingInUse(successor.Snapshot());
    }

    /// <summary>All workers at a time, each with its share of the resources, and then one task that takes them all.</summary>
    private static void AssertWorks(Scheduler scheduler)
    {
        using var together = new Barrier(Tasks);
        Assert.Equal(Tasks, scheduler.Result(controls =>
        {
            var tasks = Enumerable.Range(0, Tasks)
                .Select(_ => controls.NewTask(() => together.SignalAndWait(Limits.Wait)).Requires("cpu", 1).Run())
                .ToList();
            Assert.All(tasks, task => Assert.True(task.GetResult(Limits.Wait)));
            return controls.NewTask(() => Tasks).Requires("cpu", Tasks).Run().GetResult(Limits.Wait);
        }));
        AssertNothingInUse(scheduler.Snapshot());
    }

    private static void AssertNothingInUse(SchedulerSnapshot snapshot)
    {
        Assert.All(snapshot.Resources, resource => Assert.Equal(0, resource.InUse));
        Assert.Equal((0, 0, 0), (snapshot.Tasks.Queued, snapshot.Tasks.Admitted, snapshot.Tasks.Running));
        Assert.Equal((0, 0), (snapshot.Pipelines.Queued, snapshot.Pipelines.Running));
        Assert.Empty(snapshot.AdmittedTasks);
        Assert.False(snapshot.IsHeadHeldUp);
    }

    /// <summary>A dead scheduler does not answer any more when its parent has yet to learn of its death.</summary>
    private bool IsNameFree() =>
        ((ActorRefWithCell)((ExtendedActorSystem)System).Guardian).Children.All(child => child.Path.Name != Systems.SchedulerName);

    private List<string> Threads() => NamedThreads.StartingWith(_threads);
}
