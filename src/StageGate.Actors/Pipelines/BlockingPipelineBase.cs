using StageGate.Actors.Completions;
using StageGate.Actors.Work;

namespace StageGate.Actors;

/// <summary>
/// What <see cref="Pipeline{TResult}"/> and <see cref="Pipeline"/> have in common: <c>Run()</c> has a thread of its own, and waiting
/// blocks it. The control calls are valid on that thread alone.
/// </summary>
public abstract class BlockingPipelineBase : PipelineBase
{
    private protected BlockingPipelineBase()
    {
    }

    private protected sealed override string EntryPoint => "Run()";

    /// <summary>Runs the user's <c>Run()</c> on this thread.</summary>
    internal void Execute(PipelineWork work, Outcome outcome)
    {
        var run = new ThreadRun(work);
        Begin(run);
        try
        {
            Execute(outcome);
        }
        finally
        {
            run.End();
        }
    }

    /// <summary>Waits for tasks of this pipeline. Throws nothing of what they threw; ask the handles.</summary>
    /// <typeparam name="THandle">The kind of handle.</typeparam>
    /// <param name="handles">Handles of this pipeline's tasks; the same one twice counts once.</param>
    /// <param name="timeout">
    /// How long to wait at most; the result then tells how far it got. <see langword="null"/> or <see cref="Timeout.InfiniteTimeSpan"/>: for
    /// ever; zero: only look.
    /// </param>
    /// <param name="returnWhen">For how much of it to wait.</param>
    /// <returns>Which of them have ended, and which have not.</returns>
    /// <exception cref="InvalidOperationException">Called outside <c>Run()</c>, or on another thread.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="handles"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no handle, one is null, or one belongs to another pipeline.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite, or there is no such mode.</exception>
    /// <exception cref="DeadlockException">
    /// There is no time-out, and this pipeline has to end before the tasks can: one of them waits for it, or for what needs its place.
    /// </exception>
    protected WaitResult<THandle> Wait<THandle>(
        IEnumerable<THandle> handles,
        TimeSpan? timeout = null,
        ReturnWhen returnWhen = ReturnWhen.AllCompleted)
        where THandle : TaskHandle
    {
        using var call = Control(nameof(Wait));
        return NewWait(handles, call.Run.Work, timeout, returnWhen).Wait();
    }

    /// <summary>
    /// Tasks of this pipeline in the order in which they end, each as soon as it has ended: <c>foreach (var task in AsCompleted(tasks))</c>.
    /// Those that have ended already come first. Each costs O(1). Throws nothing of what the tasks threw; ask the handles.
    /// </summary>
    /// <typeparam name="THandle">The kind of handle.</typeparam>
    /// <param name="handles">Handles of this pipeline's tasks; the same one twice counts once, and there may be none.</param>
    /// <returns>The handles, to be enumerated by <c>foreach</c>, or by <c>await foreach</c>.</returns>
    /// <exception cref="InvalidOperationException">Called outside <c>Run()</c>, or on another thread.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="handles"/> is null.</exception>
    /// <exception cref="ArgumentException">A handle is null, or belongs to another pipeline.</exception>
    protected CompletionSequence<THandle> AsCompleted<THandle>(IEnumerable<THandle> handles)
        where THandle : TaskHandle
    {
        using var call = Control(nameof(AsCompleted));
        var work = call.Run.Work;
        return new CompletionSequence<THandle>(handles, rest => NewWait(rest, work, timeout: null, ReturnWhen.FirstCompleted));
    }

    private protected abstract void Execute(Outcome outcome);

    private static HandleWait<THandle> NewWait<THandle>(
        IEnumerable<THandle> handles, PipelineWork work, TimeSpan? timeout, ReturnWhen returnWhen)
        where THandle : TaskHandle =>
        new(handles, timeout, returnWhen, work, handle => handle.Pipeline);
}
