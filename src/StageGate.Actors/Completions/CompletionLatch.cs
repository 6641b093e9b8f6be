namespace StageGate.Actors.Completions;

/// <summary>Blocks one thread until one piece of work has ended.</summary>
internal sealed class CompletionLatch : ICompletionObserver
{
    private readonly object _gate = new();
    private bool _ended;

    public bool IsWanted => true;

    public void OnEnded(int index)
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.Pulse(_gate);
        }
    }

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
            return latch.WaitUntil(deadline);
        }
        finally
        {
            completion.Forget(observation);
        }
    }

    private bool WaitUntil(Deadline deadline)
    {
        lock (_gate)
        {
            while (!_ended)
            {
                var wait = deadline.NextWait;
                if (wait == TimeSpan.Zero)
                    return false;
                Monitor.Wait(_gate, wait ?? Timeout.InfiniteTimeSpan);
            }

            return true;
        }
    }
}
