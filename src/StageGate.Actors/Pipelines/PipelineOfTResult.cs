using StageGate.Actors.Completions;
using StageGate.Actors.Work;

namespace StageGate.Actors;

/// <summary>A pipeline with a result: derive, and write what it does into <see cref="Run"/>.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
public abstract class Pipeline<TResult> : BlockingPipelineBase
{
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
