namespace StageGate.Actors.Completions;

/// <summary>One wait for enough of the handles of a <see cref="CompletionFeed{THandle}"/>. It is woken once.</summary>
internal sealed class Waiter(int from, ReturnWhen until)
{
    // Asynchronously: it is completed inside a turn of the scheduler, where no continuation of a user may run.
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int From { get; } = from;

    public ReturnWhen Until { get; } = until;

    public void Release() => _released.TrySetResult();

    public void Wait(Deadline deadline) => Blocking.Wait(_released.Task, deadline);

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
