using StageGate.Actors.Core;
using StageGate.Actors.Work;

namespace StageGate.Actors.Completions;

/// <summary>Blocks one thread until one piece of work has ended.</summary>
internal sealed class CompletionLatch : OpenWait, ICompletionObserver
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CompletionLatch(WorkEntry work) => AnyTarget = work;

    public bool IsWanted => true;

    public override ReturnWhen Until => ReturnWhen.AllCompleted;

    public override IEnumerable<WorkEntry> Targets => [AnyTarget];

    public override WorkEntry AnyTarget { get; }

    public override int Count => 1;

    public void OnEnded(int index) => Release();

    public override void Release() => _released.TrySetResult();

    /// <summary>True: the work has ended. False: the time is up.</summary>
    /// <exception cref="DeadlockException">It can never end, because it needs the work that the caller is part of to end first.</exception>
    public static bool Wait(WorkEntry work, WorkCompletion completion, Deadline deadline)
    {
        if (completion.IsEnded)
            return true;
        if (deadline.IsPoll)
            return false;

        var latch = new CompletionLatch(work);
        var observation = new Observation(latch, index: 0);
        if (!completion.TryObserve(observation))
            return true;

        try
        {
            var isInTime = BlockedWork.Wait(latch, latch._released.Task, deadline);
            if (latch.Refusal is { } refusal && !completion.IsEnded)
                throw new DeadlockException(refusal);
            return isInTime;
        }
        finally
        {
            completion.Forget(observation);
        }
    }
}
