using StageGate.Actors.Completions;
using StageGate.Actors.Work;

namespace StageGate.Actors;

/// <summary>An async pipeline without a result: derive, and write what it does into <see cref="RunAsync"/>.</summary>
public abstract class AsyncPipeline : AsyncPipelineBase
{
    internal sealed override Outcome MakeOutcome() => new Outcome<ValueTuple>();

    internal sealed override PipelineHandle MakeHandle(PipelineWork work, Outcome outcome) => new(work, outcome);

    /// <summary>
    /// Submits tasks, awaits them, moves on with <see cref="PipelineBase.StageForward"/>, and submits the next ones. Runs on the thread pool,
    /// so it must not block. What it throws is the pipeline's failure.
    /// </summary>
    /// <param name="cancellationToken">
    /// Cancelled when the scheduler is asked to end all its work (<see cref="Scheduler.RequestTermination"/>), and when it dies.
    /// </param>
    /// <returns>A task that ends when the pipeline has ended.</returns>
    protected abstract Task RunAsync(CancellationToken cancellationToken);

    private protected sealed override Task ExecuteAsync(Outcome outcome, CancellationToken cancellationToken) =>
        RunAsync(cancellationToken) ?? throw NullTask();
}
