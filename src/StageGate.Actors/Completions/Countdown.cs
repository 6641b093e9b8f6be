using StageGate.Actors.Core;

namespace StageGate.Actors.Completions;

/// <summary>
/// One wait, without a limit in time, for all of some handles. Their order does not matter, and afterwards all of them have ended: so they
/// are only counted, which costs each of them less than a place in a <see cref="CompletionFeed{THandle}"/>.
/// </summary>
internal sealed class Countdown<THandle> : ReleasableWait, ICompletionObserver
    where THandle : WorkHandle
{
    private THandle[] _handles;
    private WorkEntry _anyTarget;
    private int _left;
    private int _front;
    private volatile bool _isLeft;

    /// <param name="handles">The handles, one or more. The same one twice is counted twice, and ends twice.</param>
    public Countdown(THandle[] handles)
    {
        _handles = handles;
        _anyTarget = handles[0].Work;

        // All of them are counted before the first is observed, so it does not come to zero before the last one was.
        _left = handles.Length;
        var ended = 0;
        foreach (var handle in handles)
        {
            if (!handle.Progress.TryObserve(this, index: 0))
                ended++;
        }

        CountDown(ended);
    }

    public bool IsWanted => !_isLeft;

    public override ReturnWhen Until => ReturnWhen.AllCompleted;

    public override bool IsOver => Volatile.Read(ref _left) == 0;

    /// <summary>Enumerated in turns of the scheduler alone: what has ended at the front is not looked at again.</summary>
    public override IEnumerable<WorkEntry> Targets
    {
        get
        {
            // Once, because whoever waits may leave meanwhile.
            var handles = Volatile.Read(ref _handles);
            while (_front < handles.Length && handles[_front].IsDone)
                _front++;
            return handles.Skip(_front).Where(handle => !handle.IsDone).Select(handle => handle.Work);
        }
    }

    public override WorkEntry AnyTarget => Volatile.Read(ref _anyTarget);

    public override int Count => Volatile.Read(ref _left);

    public void OnEnded(int index) => CountDown(1);

    /// <summary>The work among them that runs for days still refers to this, and must not keep the others that have ended.</summary>
    public override void Leave()
    {
        _isLeft = true;
        if (Array.Find(_handles, handle => !handle.IsDone) is not { } open)
            return;

        // A turn of the scheduler may be looking at this wait, so there is always a target.
        Volatile.Write(ref _anyTarget, open.Work);
        Volatile.Write(ref _handles, [open]);
    }

    private void CountDown(int ended)
    {
        if (Interlocked.Add(ref _left, -ended) == 0)
            Release();
    }
}
