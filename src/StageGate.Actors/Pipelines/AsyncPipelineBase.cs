using StageGate.Actors.Completions;
using StageGate.Actors.Work;

namespace StageGate.Actors;

/// <summary>
/// What <see cref="AsyncPipeline{TResult}"/> and <see cref="AsyncPipeline"/> have in common: <c>RunAsync()</c> runs on the thread pool, and
/// takes no thread while it awaits.
/// </summary>
/// <remarks>
/// The control calls are valid in the flow of control of <c>RunAsync()</c>, before and after each of its awaits, and in what it starts in turn,
/// as with <see cref="Task.Run(Action)"/>; but one at a time: a call that waits is in progress until the wait has ended. To await a handle is
/// no control call.
/// </remarks>
public abstract class AsyncPipelineBase : PipelineBase
{
    private protected AsyncPipelineBase()
    {
    }

    private protected sealed override string EntryPoint => "RunAsync()";

    /// <summary>Runs the user's <c>RunAsync()</c> in this flow of control.</summary>
    internal async Task ExecuteAsync(PipelineWork work, Outcome outcome, CancellationToken cancellationToken)
    {
        var run = new FlowRun(work);
        Begin(run);
        try
        {
            await ExecuteAsync(outcome, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            run.End();
        }
    }

    /// <summary>Waits for tasks of this pipeline, without blocking a thread. Throws nothing of what they threw; ask the handles.</summary>
    /// <typeparam name="THandle">The kind of handle.</typeparam>
    /// <param name="handles">Handles of this pipeline's tasks; the same one twice counts once.</param>
    /// <param name="timeout">
    /// How long to wait at most; the result then tells how far it got. <see langword="null"/> or <see cref="Timeout.InfiniteTimeSpan"/>: for
    /// ever; zero: only look.
    /// </param>
    /// <param name="returnWhen">For how much of it to wait.</param>
    /// <param name="cancellationToken">Ends the wait early; it does nothing to the tasks.</param>
    /// <returns>Which of them have ended, and which have not.</returns>
    /// <exception cref="InvalidOperationException">
    /// Called outside <c>RunAsync()</c>, in another flow of control, or while another control call is in progress.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="handles"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no handle, one is null, or one belongs to another pipeline.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite, or there is no such mode.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    protected Task<WaitResult<THandle>> WaitAsync<THandle>(
        IEnumerable<THandle> handles,
        TimeSpan? timeout = null,
        ReturnWhen returnWhen = ReturnWhen.AllCompleted,
        CancellationToken cancellationToken = default)
        where THandle : TaskHandle
    {
        var run = CheckedRun(nameof(WaitAsync));
        var wait = new HandleWait<THandle>(handles, timeout, returnWhen, run.Work, handle => handle.Pipeline);
        return WaitAsync(run, nameof(WaitAsync), wait, cancellationToken);
    }

    /// <summary>
    /// Tasks of this pipeline in the order in which they end, each as soon as it has ended:
    /// <c>await foreach (var task in AsCompleted(tasks))</c>. Those that have ended already come first. Each costs O(1). Throws nothing of what the
    /// tasks threw; ask the handles. Inside the loop all control calls are valid.
    /// </summary>
    /// <typeparam name="THandle">The kind of handle.</typeparam>
    /// <param name="handles">Handles of this pipeline's tasks; the same one twice counts once, and there may be none.</param>
    /// <returns>The handles. <c>WithCancellation</c> gives the loop a token; it does nothing to the tasks.</returns>
    /// <exception cref="InvalidOperationException">
    /// Called outside <c>RunAsync()</c>, in another flow of control, or while another control call is in progress.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="handles"/> is null.</exception>
    /// <exception cref="ArgumentException">A handle is null, or belongs to another pipeline.</exception>
    protected IAsyncEnumerable<THandle> AsCompleted<THandle>(IEnumerable<THandle> handles)
        where THandle : TaskHandle
    {
        var run = CheckedRun(nameof(AsCompleted));
        return new CompletionSequence<THandle>(
            handles,
            rest => new HandleWait<THandle>(rest, timeout: null, ReturnWhen.FirstCompleted, run.Work, handle => handle.Pipeline),
            (wait, cancellationToken) => WaitAsync(run, nameof(AsCompleted), wait, cancellationToken));
    }

    private protected InvalidOperationException NullTask() =>
        new($"{GetType().Name}.RunAsync() returned null where it should have returned a Task.");

    private protected abstract Task ExecuteAsync(Outcome outcome, CancellationToken cancellationToken);

    private static async Task<WaitResult<THandle>> WaitAsync<THandle>(
        FlowRun run, string name, HandleWait<THandle> wait, CancellationToken cancellationToken)
        where THandle : TaskHandle
    {
        using (run.EnterWait(name))
            return await wait.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the call is valid at all: asked before the handles are enumerated, which may well submit the tasks.</summary>
    private FlowRun CheckedRun(string name)
    {
        using var call = Control(name);
        return (FlowRun)call.Run;
    }
}
