using StageGate.Actors.Core;
using StageGate.Actors.Work;

namespace StageGate.Actors.Completions;

/// <summary>Somebody who waits, and is woken once: because the wait is over, or because it can never be.</summary>
internal abstract class ReleasableWait : OpenWait
{
    // Asynchronously: it is completed inside a turn of the scheduler, where no continuation of a user may run.
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Nobody waits any more.</summary>
    public abstract void Leave();

    public sealed override void Release() => _released.TrySetResult();

    /// <summary>Blocks the thread. False: the time is up.</summary>
    /// <exception cref="DeadlockException">The wait can never end.</exception>
    public bool Block(Deadline deadline)
    {
        var isInTime = BlockedWork.Wait(this, _released.Task, deadline);
        if (Refusal is { } refusal && !IsOver)
            throw new DeadlockException(refusal);
        return isInTime;
    }

    public async Task WaitAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        while (!_released.Task.IsCompleted)
        {
            var wait = deadline.NextWait;
            if (wait == TimeSpan.Zero)
                return;

            // A time-out is an ordinary outcome here, not an exception.
            await _released.Task.WaitAsync(wait ?? Timeout.InfiniteTimeSpan, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
