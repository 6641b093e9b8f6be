using System.Runtime.CompilerServices;
using StageGate.Actors.Completions;
using StageGate.Actors.Work;

namespace StageGate.Actors;

/// <summary>One submitted task with a result.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
public sealed class TaskHandle<TResult> : TaskHandle
{
    internal TaskHandle(TaskWork<TResult> task)
        : base(task)
    {
    }

    /// <inheritdoc cref="WorkHandle.Completion"/>
    public new Task<TResult> Completion => (Task<TResult>)base.Completion;

    /// <summary>Waits for the end of the task, and returns its result.</summary>
    /// <param name="timeout">
    /// How long to wait at most. <see langword="null"/> or <see cref="Timeout.InfiniteTimeSpan"/>: for ever; zero: not at all.
    /// </param>
    /// <returns>What the callable returned.</returns>
    /// <inheritdoc cref="WorkHandle.GetResult" path="/exception"/>
    public new TResult GetResult(TimeSpan? timeout = null)
    {
        WaitForEnd(timeout);
        return Outcome();
    }

    /// <inheritdoc cref="WorkHandle.GetAwaiter"/>
    public new TaskAwaiter<TResult> GetAwaiter() => Completion.GetAwaiter();

    private protected override CompletionTask MakeTask() => new CompletionTask<TResult>(this, Outcome);

    private TResult Outcome()
    {
        ThrowUnlessSucceeded();
        return ((TaskWork<TResult>)Work).Value;
    }
}
