using StageGate.Actors.Core;
using StageGate.Actors.Work;

namespace StageGate.Actors.Completions;

/// <summary>One wait for enough of the handles of a <see cref="CompletionFeed{THandle}"/>. It is woken once.</summary>
internal sealed class Waiter<THandle>(CompletionFeed<THandle> feed, int from, ReturnWhen until) : OpenWait
    where THandle : WorkHandle
{
    // Asynchronously: it is completed inside a turn of the scheduler, where no continuation of a user may run.
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int From { get; } = from;

    public override ReturnWhen Until { get; } = until;

    public override bool IsOver => feed.HasEnough(this);

    public override IEnumerable<WorkEntry> Targets => feed.Pending().Select(handle => handle.Work);

    public override WorkEntry AnyTarget => feed[0].Work;

    public override int Count => feed.Count - From;

    public override void Release() => _released.TrySetResult();

    /// <exception cref="DeadlockException">The wait can never end.</exception>
    public void Wait(Deadline deadline)
    {
        BlockedWork.Wait(this, _released.Task, deadline);
        if (Refusal is { } refusal && !feed.HasEnough(this))
            throw new DeadlockException(refusal);
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
