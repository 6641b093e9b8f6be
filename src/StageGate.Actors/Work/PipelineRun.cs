using StageGate.Actors.Engine;

namespace StageGate.Actors.Work;

/// <summary>The one execution of a pipeline: where its control calls are valid, and what they do.</summary>
internal abstract class PipelineRun(PipelineWork work)
{
    private volatile int _stage;

    public PipelineWork Work { get; } = work;

    public int Stage => _stage;

    /// <summary>Begins a control call.</summary>
    /// <param name="call">What to call it in an error.</param>
    /// <exception cref="InvalidOperationException">The run has ended, or the caller is no part of it.</exception>
    public abstract Call Enter(string call);

    /// <summary>From now on every control call is refused.</summary>
    public abstract void End();

    public void StageForward()
    {
        _stage++;
        Work.Engine.Inbox.Post(Fact.StageAdvanced(Work, _stage));
    }

    /// <summary>Submits without a round trip: what could be refused was checked by the caller.</summary>
    public void Submit(TaskWork task) => Work.Engine.Intake.Accept(task);

    /// <summary>Ends a control call.</summary>
    protected abstract void Leave();

    /// <summary>A control call that is being made.</summary>
    public readonly struct Call(PipelineRun run) : IDisposable
    {
        public PipelineRun Run => run;

        public void Dispose() => run.Leave();
    }
}
