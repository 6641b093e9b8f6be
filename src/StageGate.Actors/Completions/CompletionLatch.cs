using StageGate.Actors.Core;

namespace StageGate.Actors.Completions;

/// <summary>Blocks one thread until one piece of work has ended.</summary>
internal sealed class CompletionLatch : ReleasableWait, ICompletionObserver
{
    private readonly WorkHandle _handle;
    private volatile bool _isLeft;

    private CompletionLatch(WorkHandle handle) => _handle = handle;

    public bool IsWanted => !_isLeft;

    public override ReturnWhen Until => ReturnWhen.AllCompleted;

    public override bool IsOver => _handle.IsDone;

    public override IEnumerable<WorkEntry> Targets => [AnyTarget];

    public override WorkEntry AnyTarget => _handle.Work;

    public override int Count => 1;

    public void OnEnded(int index) => Release();

    public override void Leave() => _isLeft = true;

    /// <summary>True: the work has ended. False: the time is up.</summary>
    /// <exception cref="DeadlockException">It can never end, because it needs the work that the caller is part of to end first.</exception>
    public static bool Wait(WorkHandle handle, Deadline deadline)
    {
        if (handle.IsDone)
            return true;
        if (deadline.IsPoll)
            return false;

        var latch = new CompletionLatch(handle);
        if (!handle.Progress.TryObserve(latch, index: 0))
            return true;

        try
        {
            return latch.Block(deadline);
        }
        finally
        {
            latch.Leave();
        }
    }
}
