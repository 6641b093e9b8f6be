namespace StageGate.Actors.Tests.Support;

/// <summary>Work that waits for other work of its own scheduler.</summary>
internal static class Nested
{
    /// <summary>Whether the wait was refused. It has no time-out: that is what the scheduler looks after.</summary>
    public static bool IsRefused(Action wait)
    {
        try
        {
            wait();
            return false;
        }
        catch (DeadlockException)
        {
            return true;
        }
    }

    public static int Pass(Gate gate)
    {
        gate.Pass();
        return 1;
    }

    /// <summary>Until the scheduler has looked at the wait of that work, and left it alone.</summary>
    public static void UntilSeen(WorkHandle handle) => Assert.True(
        SpinWait.SpinUntil(() => handle.Work.Wait is { Order: > 0 }, Limits.Wait), $"{handle} does not wait, or it was not looked at.");

    /// <summary>
    /// The scheduler still works, and closes with nothing in use. A scheduler that hangs is not disposed of, so that the test ends.
    /// </summary>
    public static void AssertUnharmed(Scheduler scheduler)
    {
        Assert.Equal(7, scheduler.Result(c => c.NewTask(() => 7).Run().GetResult()));
        Bounded.OnOwnThread(() => scheduler.Close()).Ends();

        var snapshot = scheduler.Snapshot();
        Assert.All(snapshot.Resources, resource => Assert.Equal(0, resource.InUse));
        Assert.Equal((0, 0), (snapshot.Tasks.Queued, snapshot.Tasks.Admitted));
        Assert.Equal((0, 0), (snapshot.Pipelines.Queued, snapshot.Pipelines.Running));
    }
}
