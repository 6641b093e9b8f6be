using StageGate.Actors.Completions;
using StageGate.Actors.Work;

namespace StageGate.Actors;

/// <summary>An async pipeline with a result: derive, and write what it does into <see cref="RunAsync"/>.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
public abstract class AsyncPipeline<TResult> : AsyncPipelineBase
{
    /// <summary>Makes a pipeline that has not been submitted yet.</summary>
    /// <exception cref="NotSupportedException">The result is a <see cref="Task"/> or a <see cref="ValueTask"/>, for which nobody would wait.</exception>
    protected AsyncPipeline() =>
        TaskLike<TResult>.RefusePipeline(this, "an AsyncPipeline", "Await it in RunAsync(), and return its result.");

    internal sealed override Outcome MakeOutcome() => new Outcome<TResult>();

    internal sealed override PipelineHandle MakeHandle(PipelineWork work, Outcome outcome) =>
        new PipelineHandle<TResult>(work, (Outcome<TResult>)outcome);

    /// <summary>
    /// Submits tasks, awaits them, moves on with <see cref="PipelineBase.StageForward"/>, and submits the next ones. Runs on the thread pool,
    /// so it must not block. What it throws is the pipeline's failure.
    /// </summary>
    /// <param name="cancellationToken">
    /// Cancelled when the scheduler is asked to end all its work (<see cref="Scheduler.RequestTermination"/>), and when it dies.
    /// </param>
    /// <returns>The result of the pipeline.</returns>
    protected abstract Task<TResult> RunAsync(CancellationToken cancellationToken);

    private protected sealed override async Task ExecuteAsync(Outcome outcome, CancellationToken cancellationToken) =>
        ((Outcome<TResult>)outcome).Value = await (RunAsync(cancellationToken) ?? throw NullTask()).ConfigureAwait(false);
}
