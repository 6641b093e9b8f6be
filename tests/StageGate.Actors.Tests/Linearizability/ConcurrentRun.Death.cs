using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Linearizability;

/// <content>The engine dies while the callers are at it.</content>
internal sealed partial class ConcurrentRun
{
    /// <summary>
    /// Lets the first part of the history happen, and the engine die beside a few more steps. The model knows nothing of that; but all ends, what had
    /// ended stays as it was, and what ends now has died or was told to end.
    /// </summary>
    /// <param name="die">Lets the engine die, now or a moment later.</param>
    public void ToTheDeath(Action die)
    {
        var parts = _history.Steps.Chunk(Callers * StepsEach).ToList();
        var dying = _history.Steps[^1].Which % parts.Count;
        foreach (var steps in parts.Take(dying))
            Take(steps);
        var ended = _caller.Tasks.Where(task => task.Handle.IsDone).ToDictionary(task => task, task => task.Handle.State);

        _caller.IsDying = true;
        Together(parts[dying], beside: die);
        Bounded.OnOwnThread(() => _scheduler.Close()).Ends();

        // One by one, and no further than to the first that is wrong: what does not end is waited for.
        foreach (var pipeline in _caller.Pipelines)
            AssertEndsByDeath(pipeline);
        foreach (var task in _caller.Tasks)
            AssertEndsByDeath(task);
        Assert.All(ended, task => Assert.Equal(task.Value, task.Key.Handle.State));
        var last = _scheduler.Snapshot();
        Assert.True(last.IsClosed);
        Assert.All(last.Resources, usage => Assert.Equal(0, usage.InUse));
        Assert.Equal((0, 0, 0, 0), (last.Tasks.Queued, last.Tasks.Admitted, last.Pipelines.Queued, last.Pipelines.Running));
    }

    private static void AssertEndsByDeath(LivePipeline pipeline)
    {
        pipeline.Handle.Drained.EndsSomehow();
        if (HasDied(pipeline.Handle))
            Assert.True(pipeline.WillBeAsked(), $"{pipeline.Handle} runs on, and was not asked to end.");
        else
            Assert.True(pipeline.IsToldToEnd || pipeline.Handle.IsCanceled, $"{pipeline.Handle} was not told to end.");
        Assert.False(pipeline.IsBegun && pipeline.Handle.IsCanceled);
    }

    private static void AssertEndsByDeath(LiveTask task)
    {
        if (HasDied(task.Handle))
            Assert.True(task.WillBeAsked(), $"{task.Handle} runs on, and was not asked to end.");
        else
            Assert.True(task.IsToldToEnd || task.Handle.IsCanceled, $"{task.Handle} was not told to end.");
        Assert.InRange(task.Begins, 0, task.Handle.IsCanceled ? 0 : 1);
    }

    private static bool HasDied(WorkHandle handle)
    {
        handle.Completion.EndsSomehow();
        return handle.Completion.Exception?.InnerException is SchedulerTerminatedException;
    }
}
