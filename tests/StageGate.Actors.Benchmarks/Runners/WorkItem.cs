namespace StageGate.Actors.Benchmarks.Runners;

/// <summary>A callable and its completion, in one object.</summary>
internal sealed class WorkItem(Func<int> work) : TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public void Run()
    {
        try
        {
            SetResult(work());
        }
        catch (Exception exception)
        {
            SetException(exception);
        }
    }
}
