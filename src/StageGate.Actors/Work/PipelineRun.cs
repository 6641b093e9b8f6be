using StageGate.Actors.Engine;

namespace StageGate.Actors.Work;

/// <summary>The one execution of a pipeline's <c>Run()</c>: where its control calls are valid, and what they do.</summary>
internal sealed class PipelineRun(PipelineWork work)
{
    private readonly Thread _thread = Thread.CurrentThread;
    private volatile bool _ended;
    private volatile int _stage;

    public PipelineWork Work { get; } = work;

    public int Stage => _stage;

    public void End() => _ended = true;

    /// <exception cref="InvalidOperationException">The run has ended, or the caller is not on its thread.</exception>
    public PipelineRun Check(string call)
    {
        if (_ended)
            throw new InvalidOperationException($"{call} was called after the Run() of {Work} had ended. Call it inside Run().");
        if (Thread.CurrentThread != _thread)
        {
            throw new InvalidOperationException(
                $"{call} of {Work} was called on another thread than the one that executes its Run(). A task cannot steer its pipeline, and neither can code after an await.");
        }

        return this;
    }

    public void StageForward()
    {
        _stage++;
        Work.Engine.Inbox.Post(Fact.StageAdvanced(Work, _stage));
    }

    /// <summary>Submits without a round trip: what could be refused was checked on this thread.</summary>
    public void Submit(TaskWork task) => Work.Engine.Inbox.Post(Fact.TaskSubmitted(task));
}
