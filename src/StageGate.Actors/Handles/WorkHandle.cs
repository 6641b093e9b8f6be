using System.Runtime.CompilerServices;
using Akka.Actor;
using StageGate.Actors.Completions;
using StageGate.Actors.Core;

namespace StageGate.Actors;

/// <summary>
/// What the handles of tasks and of pipelines have in common: to look at, wait for and cancel one piece of submitted work.
/// </summary>
/// <remarks>
/// A handle always ends: also when the scheduler or its actor system dies. All members may be called from any thread, at any time,
/// also after the scheduler was closed. It may be sent to actors of this process. Handles are equal when they stand for the same work of the same scheduler.
/// </remarks>
public abstract class WorkHandle : INoSerializationVerificationNeeded, ICompletable
{
    private CompletionTask? _completion;

    private protected WorkHandle()
    {
    }

    /// <summary>The number of the work within its scheduler. It starts at 1 and grows in the order of acceptance.</summary>
    public long Id => Work.Id;

    /// <summary>The name that the work was given, if any.</summary>
    public string? Name => Work.Name;

    /// <summary>Whether the work has ended, in whatever way. Never blocks.</summary>
    public bool IsDone => Progress.IsEnded;

    /// <summary>Whether the work is running: a pipeline that has a place, or a task whose callable was called. Never blocks.</summary>
    public bool IsRunning => Progress.State == TaskState.Running;

    /// <summary>Whether the work was canceled, and so never ran. Never blocks.</summary>
    public bool IsCanceled => Progress.State == TaskState.Canceled;

    /// <summary>
    /// A task that ends as this work ends, with the same result or the same exception. Canceled and terminated work makes it a canceled
    /// task, which throws what <see cref="GetResult"/> throws. The same task each time. One that is first asked for
    /// after the end has ended; another one ends on the thread pool, as soon as that comes to it. Never blocks; a faulted one that nobody awaits is not reported as unobserved.
    /// </summary>
    public Task Completion => (Volatile.Read(ref _completion) ?? CompletionTask.Keep(ref _completion, MakeTask())).Task;

    /// <summary>Whether somebody has asked for the <see cref="Completion"/>, and the thread pool has not completed it yet.</summary>
    internal bool IsCompletionOpen => Volatile.Read(ref _completion) is { Task.IsCompleted: false };

    ref Completion ICompletable.Progress => ref Progress;

    internal abstract ref Completion Progress { get; }

    /// <summary>Whose scheduler and what work this is; it decides about equality.</summary>
    internal abstract WorkEntry Work { get; }

    private protected abstract string Kind { get; }

    private protected abstract string StateText { get; }

    private protected string Description => Text.Describe(Kind, Id, Name);

    /// <summary>Cancels the work, if it is not running and has not ended.</summary>
    /// <returns>
    /// <see langword="true"/>: it never runs, and all that it held is free. <see langword="false"/>: it has run, is running, or will end by
    /// itself. There is no third outcome, whoever races whom.
    /// </returns>
    public abstract bool Cancel();

    /// <summary>Waits for the end of the work, and returns if it succeeded.</summary>
    /// <param name="timeout">
    /// How long to wait at most. <see langword="null"/> or <see cref="Timeout.InfiniteTimeSpan"/>: for ever; zero: not at all.
    /// </param>
    /// <exception cref="TimeoutException">The work had not ended in time.</exception>
    /// <exception cref="WorkCanceledException">The work was canceled.</exception>
    /// <exception cref="WorkTerminatedException">The task was terminated on request.</exception>
    /// <exception cref="SchedulerTerminatedException">The scheduler died under the work.</exception>
    /// <exception cref="DeadlockException">
    /// Called without a time-out by a <c>Run()</c> or a task which has to end before this work can.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite.</exception>
    /// <exception cref="Exception">The work failed: its own exception object, with its original stack trace.</exception>
    public void GetResult(TimeSpan? timeout = null)
    {
        WaitForEnd(timeout);
        ThrowUnlessSucceeded();
    }

    /// <summary>Waits for the end of the work, and returns what it threw.</summary>
    /// <param name="timeout">
    /// How long to wait at most. <see langword="null"/> or <see cref="Timeout.InfiniteTimeSpan"/>: for ever; zero: not at all.
    /// </param>
    /// <returns>The work's own exception object where it failed, <see langword="null"/> where it succeeded.</returns>
    /// <exception cref="TimeoutException">The work had not ended in time.</exception>
    /// <exception cref="WorkCanceledException">The work was canceled.</exception>
    /// <exception cref="WorkTerminatedException">The task was terminated on request.</exception>
    /// <exception cref="DeadlockException">
    /// Called without a time-out by a <c>Run()</c> or a task which has to end before this work can.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite.</exception>
    public Exception? GetException(TimeSpan? timeout = null)
    {
        WaitForEnd(timeout);
        ThrowIfStopped();
        return Progress.Failure?.SourceException;
    }

    /// <summary>Lets the handle itself be awaited; the same as awaiting <see cref="Completion"/>.</summary>
    /// <returns>The awaiter of <see cref="Completion"/>.</returns>
    public TaskAwaiter GetAwaiter() => Completion.GetAwaiter();

    /// <summary>Whether the other one is a handle of the same work of the same scheduler.</summary>
    /// <param name="obj">The other one.</param>
    /// <returns>Whether both stand for the same work.</returns>
    public sealed override bool Equals(object? obj) => obj is WorkHandle other && ReferenceEquals(Work, other.Work);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => RuntimeHelpers.GetHashCode(Work);

    /// <summary>Kind, id, name and state, as in <c>task 7 'resize' (Running)</c>.</summary>
    /// <returns>One line for people to read.</returns>
    public sealed override string ToString() => $"{Description} ({StateText})";

    private protected abstract CompletionTask MakeTask();

    private protected void WaitForEnd(TimeSpan? timeout)
    {
        if (!CompletionLatch.Wait(this, Deadline.After(timeout)))
            throw new TimeoutException($"{this} had not ended after {timeout}.");
    }

    private protected void ThrowUnlessSucceeded()
    {
        ThrowIfStopped();
        Progress.Failure?.Throw();
    }

    private void ThrowIfStopped()
    {
        switch (Progress.State)
        {
            case TaskState.Canceled:
                throw new WorkCanceledException($"{Description} was canceled before it began.");
            case TaskState.Terminated:
                throw new WorkTerminatedException($"{Description} was terminated on request.", Progress.Failure?.SourceException);
        }
    }
}
