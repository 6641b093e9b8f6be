using StageGate.Actors.Completions;
using StageGate.Actors.Work;

namespace StageGate.Actors;

/// <summary>A pipeline with a result: derive, and write what it does into <see cref="Run"/>.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
public abstract class Pipeline<TResult> : BlockingPipelineBase
{
    /// <summary>Makes a pipeline that has not been submitted yet.</summary>
    /// <exception cref="NotSupportedException">
    /// The result is a <see cref="Task"/> or a <see cref="ValueTask"/>, for which nobody would wait. That is what
    /// <see cref="AsyncPipeline{TResult}"/> is for.
    /// </exception>
    protected Pipeline() => TaskLike<TResult>.RefusePipeline(this, "a Pipeline", "Derive from AsyncPipeline, and await in RunAsync().");

    internal sealed override Outcome MakeOutcome() => new Outcome<TResult>();

    internal sealed override PipelineHandle MakeHandle(PipelineWork work, Outcome outcome) =>
        new PipelineHandle<TResult>(work, (Outcome<TResult>)outcome);

    /// <summary>
    /// Submits tasks, waits for them, moves on with <see cref="PipelineBase.StageForward"/>, and submits the next ones. Runs on a thread
    /// of its own, so it may block. What it throws is the pipeline's failure.
    /// </summary>
    /// <returns>The result of the pipeline.</returns>
    protected abstract TResult Run();

    private protected sealed override void Execute(Outcome outcome) =>
        ((Outcome<TResult>)outcome).Value = Run();
}
