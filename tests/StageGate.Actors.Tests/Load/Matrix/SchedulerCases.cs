using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load.Matrix;

/// <summary>The calls of <see cref="Scheduler"/> that do not close it.</summary>
internal static class SchedulerCases
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(1);

    public static IEnumerable<FacadeCase> All =>
    [
        new("looks at the scheduler", (arena, _) => Look(arena.Scheduler), "Scheduler.ActorRef", "Scheduler.ShutdownStarted", "Scheduler.IsClosed"),
        new("takes a snapshot", (arena, _) => AssertConsistent(arena, arena.Scheduler.Snapshot()), "Scheduler.Snapshot()"),
        new("attaches another one", (arena, _) => Attach(arena), "Scheduler.Attach(ActorSystem, SchedulerOptions, String)"),
        new("runs a pipeline with a result", (arena, _) => arena.Submit(RunWithResult(arena)), "Scheduler.RunPipeline(Pipeline`1, String)"),
        new("runs a pipeline", (arena, _) => arena.Submit(Run(arena)), "Scheduler.RunPipeline(Pipeline, String)"),
        new("runs an async pipeline", (arena, _) => arena.Submit(RunAsync(arena)), "Scheduler.RunPipeline(AsyncPipeline`1, String)"),
        new("runs a pipeline of any kind", (arena, _) => arena.Submit(RunBase(arena)), "Scheduler.RunPipeline(PipelineBase, String)"),
        Wait("waits for all", ReturnWhen.AllCompleted, timeout: null),
        Wait("waits for the first", ReturnWhen.FirstCompleted, timeout: null),
        Wait("waits for a failure", ReturnWhen.FirstException, timeout: null),
        Wait("waits for no time", ReturnWhen.AllCompleted, TimeSpan.Zero),
        Wait("waits for a moment", ReturnWhen.AllCompleted, s_short),
        WaitAsync("awaits all", ReturnWhen.AllCompleted, timeout: null),
        WaitAsync("awaits the first", ReturnWhen.FirstCompleted, timeout: null),
        WaitAsync("awaits a failure for a moment", ReturnWhen.FirstException, s_short),
        new("gives up to await", (arena, i) => GiveUp(arena, i).Ends(), "Scheduler.WaitPipelinesAsync(IEnumerable`1, Nullable`1, ReturnWhen, CancellationToken)"),
        new("goes through all as they end", Enumerate, "Scheduler.AsCompleted(IEnumerable`1)", "CompletionSequence`1.GetEnumerator()"),
        new(
            "awaits all as they end",
            (arena, i) => EnumerateAsync(arena, i).Ends(),
            "Scheduler.AsCompleted(IEnumerable`1)",
            "CompletionSequence`1.GetAsyncEnumerator(CancellationToken)"),
    ];

    private static FacadeCase Wait(string name, ReturnWhen returnWhen, TimeSpan? timeout) => new(
        name,
        (arena, i) => AssertWaited(arena, i, returnWhen, timeout, arena.Scheduler.WaitPipelines(Some(arena, i), timeout, returnWhen)),
        "Scheduler.WaitPipelines(IEnumerable`1, Nullable`1, ReturnWhen)");

    private static FacadeCase WaitAsync(string name, ReturnWhen returnWhen, TimeSpan? timeout) => new(
        name,
        (arena, i) =>
            AssertWaited(arena, i, returnWhen, timeout, arena.Scheduler.WaitPipelinesAsync(Some(arena, i), timeout, returnWhen).Ends()),
        "Scheduler.WaitPipelinesAsync(IEnumerable`1, Nullable`1, ReturnWhen, CancellationToken)");

    private static PipelineHandle<int>[] Some(Arena arena, int i) => [arena.Pipeline(i), arena.Pipeline(i + 1), arena.Pipeline(i + 3)];

    private static void AssertWaited(
        Arena arena, int i, ReturnWhen returnWhen, TimeSpan? timeout, WaitResult<PipelineHandle<int>> result)
    {
        var (done, pending) = result;
        Assert.Equal(Some(arena, i).ToHashSet(), done.Concat(pending).ToHashSet());
        Assert.Equal(3, done.Count + pending.Count);
        Assert.All(done, handle => Assert.True(handle.IsDone));
        if (timeout is null && returnWhen == ReturnWhen.AllCompleted)
            Assert.Empty(pending);
        if (timeout is null && returnWhen == ReturnWhen.FirstCompleted)
            Assert.NotEmpty(done);
        if (timeout is null && returnWhen == ReturnWhen.FirstException)
            Assert.True(pending.Count == 0 || done.Any(handle => handle.State == PipelineState.Failed));
    }

    private static void Look(Scheduler scheduler)
    {
        Assert.NotNull(scheduler.ActorRef);
        var isClosed = scheduler.IsClosed;
        var shutdownStarted = scheduler.ShutdownStarted;
        Assert.True(shutdownStarted || !isClosed, "It was closed, and shutdown had not begun.");
        Assert.True(!isClosed || scheduler.IsClosed, "It was closed, and is so no more.");
    }

    private static void AssertConsistent(Arena arena, SchedulerSnapshot snapshot)
    {
        Assert.Equal(snapshot.Tasks.Admitted, snapshot.AdmittedTasks.Count);
        Assert.InRange(snapshot.Tasks.Admitted, snapshot.Tasks.Running, arena.Workers);
        Assert.Equal(snapshot.Pipelines.Running, snapshot.RunningPipelines.Count);
        Assert.InRange(snapshot.Resources.Single().InUse, 0, 2);
        Assert.False(snapshot.IsHeadHeldUp);
    }

    private static void Attach(Arena arena)
    {
        using var other = Scheduler.Attach(arena.System, Schedulers.Options());
        Assert.NotEqual(arena.Scheduler.ActorRef, other.ActorRef);
    }

    private static Func<Marker, PipelineHandle> RunWithResult(Arena arena) => marker =>
        arena.Scheduler.RunPipeline(new ScriptedPipeline<int>(controls => marker.Mark(() => OneTask(controls))), "typed");

    private static Func<Marker, PipelineHandle> Run(Arena arena) => marker => arena.Scheduler.RunPipeline(new Plain(marker), "plain");

    private static Func<Marker, PipelineHandle> RunAsync(Arena arena) => marker => arena.Scheduler.RunAsync<int>(async controls =>
    {
        marker.Ran = true;
        return (await controls.WaitAsync([controls.NewTask(() => 1).Run()])).Done.Count;
    });

    private static Func<Marker, PipelineHandle> RunBase(Arena arena) => marker =>
        arena.Scheduler.RunPipeline((PipelineBase)new Plain(marker), "any");

    private static int OneTask(IPipelineControls controls) =>
        controls.Wait([controls.NewTask(() => 1).Requires("cpu", 1).Run()], Limits.Wait).Done.Count;

    private static async Task GiveUp(Arena arena, int i)
    {
        using var cancellation = new CancellationTokenSource();
        var wait = arena.Scheduler.WaitPipelinesAsync(Some(arena, i), cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();
        try
        {
            Assert.Empty((await wait).Pending);
        }
        catch (OperationCanceledException thrown)
        {
            Assert.Equal(cancellation.Token, thrown.CancellationToken);
        }
    }

    private static void Enumerate(Arena arena, int i)
    {
        var seen = new List<PipelineHandle<int>>();
        foreach (var handle in arena.Scheduler.AsCompleted(Some(arena, i)))
            See(handle, seen);
        Assert.Equal(3, seen.Distinct().Count());
    }

    private static async Task EnumerateAsync(Arena arena, int i)
    {
        var seen = new List<PipelineHandle<int>>();
        await foreach (var handle in arena.Scheduler.AsCompleted(Some(arena, i)))
            See(handle, seen);
        Assert.Equal(3, seen.Distinct().Count());
    }

    private static void See(PipelineHandle<int> handle, List<PipelineHandle<int>> seen)
    {
        Assert.True(handle.IsDone);
        seen.Add(handle);
    }

    private sealed class Plain(Marker marker) : Pipeline
    {
        protected override void Run() => marker.Ran = true;
    }
}
