using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load.Matrix;

/// <summary>The calls of the handles.</summary>
internal static class HandleCases
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(1);

    public static IEnumerable<FacadeCase> All =>
    [
        .. OfWork("pipeline", (arena, i) => arena.Pipeline(i)),
        .. OfWork("task", (arena, i) => arena.Task(i)),
        new("looks at the states of a pipeline", (arena, i) => AssertMonotonic(() => (int)arena.Pipeline(i).State), "PipelineHandle.State"),
        new("looks at the states of a task", (arena, i) => AssertMonotonic(() => (int)arena.Task(i).State), "TaskHandle.State"),
        new("takes a snapshot of a pipeline", (arena, i) => TakeSnapshot(arena.Pipeline(i)), "PipelineHandle.Snapshot()"),
        new("waits until a pipeline is drained", (arena, i) => AwaitDrained(arena, i), "PipelineHandle.Drained"),
        new("requests the termination of a task", (arena, i) => RequestTermination(arena.Task(i)), "TaskHandle.RequestTermination()"),
        new("gets the result of a pipeline", (arena, i) => GetResult(arena, arena.Pipeline(i), null), "PipelineHandle`1.GetResult(Nullable`1)"),
        new("polls the result of a pipeline", (arena, i) => GetResult(arena, arena.Pipeline(i), TimeSpan.Zero), "PipelineHandle`1.GetResult(Nullable`1)"),
        new("gets the result of a task", (arena, i) => GetResult(arena, arena.Task(i), null), "TaskHandle`1.GetResult(Nullable`1)"),
        new("gets the result of a task soon", (arena, i) => GetResult(arena, arena.Task(i), s_short), "TaskHandle`1.GetResult(Nullable`1)"),
        new("awaits the result of a pipeline", (arena, i) => Await(arena, arena.Pipeline(i)), "PipelineHandle`1.GetAwaiter()", "PipelineHandle`1.Completion"),
        new("awaits the result of a task", (arena, i) => Await(arena, arena.Task(i)), "TaskHandle`1.GetAwaiter()", "TaskHandle`1.Completion"),
    ];

    private static IEnumerable<FacadeCase> OfWork(string kind, Func<Arena, int, WorkHandle> get) =>
    [
        new($"looks at a {kind}", (arena, i) => Look(get(arena, i)), "WorkHandle.IsDone", "WorkHandle.IsRunning", "WorkHandle.IsCanceled"),
        new(
            $"names a {kind}",
            (arena, i) => Name(get(arena, i), get(arena, i + 1)),
            "WorkHandle.Id",
            "WorkHandle.Name",
            "WorkHandle.Equals(Object)",
            "WorkHandle.GetHashCode()",
            "WorkHandle.ToString()"),
        new($"cancels a {kind}", (arena, i) => Cancel(arena, get(arena, i)), "WorkHandle.Cancel()"),
        new($"waits for a {kind}", (arena, i) => Outcome(arena, get(arena, i), null), "WorkHandle.GetResult(Nullable`1)"),
        new($"waits for a {kind} for a moment", (arena, i) => Outcome(arena, get(arena, i), s_short), "WorkHandle.GetResult(Nullable`1)"),
        new($"gets what a {kind} threw", (arena, i) => GetException(arena, get(arena, i), null), "WorkHandle.GetException(Nullable`1)"),
        new($"polls what a {kind} threw", (arena, i) => GetException(arena, get(arena, i), TimeSpan.Zero), "WorkHandle.GetException(Nullable`1)"),
        new($"awaits a {kind}", (arena, i) => AwaitWork(arena, get(arena, i)).Ends(), "WorkHandle.GetAwaiter()", "WorkHandle.Completion"),
    ];

    private static void Look(WorkHandle handle)
    {
        var isCanceled = handle.IsCanceled;
        var isDone = handle.IsDone;
        Assert.True(isDone || !isCanceled, $"{handle} is canceled and has not ended.");
        Assert.True(!isDone || !handle.IsRunning, $"{handle} has ended and runs.");
        Assert.True(!isDone || isCanceled == handle.IsCanceled || !isCanceled, $"{handle} is canceled no more.");
    }

    private static void Name(WorkHandle handle, WorkHandle other)
    {
        Assert.InRange(handle.Id, 1, long.MaxValue);
        Assert.Null(handle.Name);
        Assert.True(handle.Equals(handle) && !handle.Equals(other));
        Assert.Equal(handle.GetHashCode(), handle.GetHashCode());
        Assert.Contains($" {handle.Id} (", handle.ToString(), StringComparison.Ordinal);
    }

    private static void AssertMonotonic(Func<int> state)
    {
        var before = state();
        Assert.InRange(state(), before, int.MaxValue);
    }

    private static void TakeSnapshot(PipelineHandle handle)
    {
        var wasDone = handle.IsDone;
        var snapshot = handle.Snapshot();
        Assert.Equal(handle.Id, snapshot.Id);
        Assert.True(!wasDone || snapshot.State == handle.State, $"{handle} had ended, and its snapshot says {snapshot.State}.");
        Assert.InRange(snapshot.Tasks.Admitted, snapshot.Tasks.Running, 2);
    }

    private static void AwaitDrained(Arena arena, int i)
    {
        arena.Pipeline(i).Drained.Ends();
        Assert.True(arena.Pipeline(i).IsDone);
        if (arena.Pipeline(i).Equals(arena.Pipelines[1]))
            Assert.All(arena.Tasks, task => Assert.True(task.IsDone, $"{task}"));
    }

    private static void Cancel(Arena arena, WorkHandle handle)
    {
        if (handle.Cancel())
            arena.AssertAllowed(Assert.Throws<WorkCanceledException>(() => handle.GetResult(TimeSpan.Zero)), handle, hasTimeout: false);
        Assert.False(handle.Cancel() && handle.Cancel(), $"{handle} was canceled twice.");
    }

    private static void RequestTermination(TaskHandle handle)
    {
        if (!handle.RequestTermination())
            Assert.True(handle.IsDone, $"{handle} refused, and had not ended.");
    }

    private static void Outcome(Arena arena, WorkHandle handle, TimeSpan? timeout) =>
        arena.AssertAllowed(Record.Exception(() => handle.GetResult(timeout)), handle, timeout is not null);

    private static void GetResult(Arena arena, PipelineHandle<int> handle, TimeSpan? timeout) =>
        AssertResult(arena, handle, () => handle.GetResult(timeout), timeout);

    private static void GetResult(Arena arena, TaskHandle<int> handle, TimeSpan? timeout) =>
        AssertResult(arena, handle, () => handle.GetResult(timeout), timeout);

    /// <summary>Each of them returns the number of its place in the arena.</summary>
    private static void AssertResult(Arena arena, WorkHandle handle, Func<int> get, TimeSpan? timeout)
    {
        var result = 0;
        arena.AssertAllowed(Record.Exception(() => { result = get(); }), handle, timeout is not null);
        if (result != 0)
            Assert.Equal(handle, handle is PipelineHandle ? arena.Pipelines[result - 1] : arena.Tasks[result - 1]);
    }

    private static void GetException(Arena arena, WorkHandle handle, TimeSpan? timeout)
    {
        Exception? failure = null;
        var thrown = Record.Exception(() => { failure = handle.GetException(timeout); });
        arena.AssertAllowed(thrown ?? failure, handle, timeout is not null);
    }

    private static async Task AwaitWork(Arena arena, WorkHandle handle)
    {
        var thrown = await Record.ExceptionAsync(async () => await handle);
        arena.AssertAllowed(thrown, handle, hasTimeout: false);
        Assert.True(handle.Completion.IsCompleted);
    }

    private static void Await(Arena arena, PipelineHandle<int> handle)
    {
        AssertResult(arena, handle, () => ResultOf(AwaitResult()), timeout: null);
        Assert.True(handle.Completion.IsCompleted);

        async Task<int> AwaitResult() => await handle;
    }

    /// <summary>As an await throws, also what makes a task a canceled one.</summary>
    private static int ResultOf(Task<int> task)
    {
        task.EndsSomehow();
        return task.GetAwaiter().GetResult();
    }

    private static void Await(Arena arena, TaskHandle<int> handle)
    {
        AssertResult(arena, handle, () => ResultOf(AwaitResult()), timeout: null);
        Assert.True(handle.Completion.IsCompleted);

        async Task<int> AwaitResult() => await handle;
    }
}
