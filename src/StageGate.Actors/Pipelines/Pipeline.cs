using StageGate.Actors.Completions;
using StageGate.Actors.Work;

namespace StageGate.Actors;

/// <summary>A pipeline without a result: derive, and write what it does into <see cref="Run"/>.</summary>
public abstract class Pipeline : BlockingPipelineBase
{
    internal sealed override Outcome MakeOutcome() => new Outcome<ValueTuple>();

    internal sealed override PipelineHandle MakeHandle(PipelineWork work, Outcome outcome) => new(work, outcome);

    /// <summary>
    /// Submits tasks, waits for them, moves on with <see cref="PipelineBase.StageForward"/>, and submits the next ones. Runs on a thread
    /// of its own, so it may block. What it throws is the pipeline's failure.
    /// </summary>
    protected abstract void Run();

    private protected sealed override void Execute(Outcome outcome) => Run();
}
