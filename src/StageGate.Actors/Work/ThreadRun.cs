namespace StageGate.Actors.Work;

/// <summary>The execution of a <c>Run()</c>, which is the thread that executes it: so there is one control call at a time.</summary>
internal sealed class ThreadRun(PipelineWork work) : PipelineRun(work)
{
    private readonly Thread _thread = Thread.CurrentThread;
    private volatile bool _ended;

    public override Call Enter(string call)
    {
        if (_ended)
            throw new InvalidOperationException($"{call} was called after the Run() of {Work} had ended. Call it inside Run().");
        if (Thread.CurrentThread != _thread)
        {
            throw new InvalidOperationException(
                $"{call} of {Work} was called on another thread than the one that executes its Run(). A task cannot steer its pipeline, and neither can code after an await.");
        }

        return new Call(this);
    }

    public override void End() => _ended = true;

    protected override void Leave()
    {
    }
}
