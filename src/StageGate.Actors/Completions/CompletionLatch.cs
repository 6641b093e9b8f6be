namespace StageGate.Actors.Completions;

/// <summary>Blocks one thread until one piece of work has ended.</summary>
internal sealed class CompletionLatch : ICompletionObserver
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CompletionLatch()
    {
    }

    public bool IsWanted => true;

    public void OnEnded(int index) => _ended.SetResult();

    /// <summary>True: the work has ended. False: the time is up.</summary>
    public static bool Wait(WorkCompletion completion, Deadline deadline)
    {
        if (completion.IsEnded)
            return true;
        if (deadline.IsPoll)
            return false;

        var latch = new CompletionLatch();
        var observation = new Observation(latch, index: 0);
        if (!completion.TryObserve(observation))
            return true;

        try
        {
            return Blocking.Wait(latch._ended.Task, deadline);
        }
        finally
        {
            completion.Forget(observation);
        }
    }
}
