namespace StageGate.Actors.Benchmarks.Runners;

/// <summary>The peers whose completions are tasks.</summary>
internal abstract class TaskRunner : Runner, ISubmitter<Task<int>>
{
    public abstract Task<int> Submit(Func<int> work);

    public abstract IDisposable Hold();

    public void WaitAll(Task<int>[] handles) => Task.WaitAll(handles);

    public int Result(Task<int> handle) => handle.GetAwaiter().GetResult();

    public sealed override double[] Run(IScript script) => script.Run(this);
}
