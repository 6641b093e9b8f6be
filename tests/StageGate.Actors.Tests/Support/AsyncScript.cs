namespace StageGate.Actors.Tests.Support;

/// <summary>An async pipeline whose <c>RunAsync()</c> is a lambda that may use the control calls.</summary>
internal sealed class AsyncScript<TResult>(Func<AsyncScript<TResult>, CancellationToken, Task<TResult>> script) : AsyncPipeline<TResult>
{
    public new TaskBuilder<T> NewTask<T>(Func<T> work) => base.NewTask(work);

    public new TaskBuilder NewTask(Action work) => base.NewTask(work);

    public new TaskBuilder NewTask(Action<CancellationToken> work) => base.NewTask(work);

    public new TaskBuilder NewTask(Func<Task> work) => base.NewTask(work);

    public new void StageForward() => base.StageForward();

    public new Task<WaitResult<THandle>> WaitAsync<THandle>(
        IEnumerable<THandle> handles,
        TimeSpan? timeout = null,
        ReturnWhen returnWhen = ReturnWhen.AllCompleted,
        CancellationToken cancellationToken = default)
        where THandle : TaskHandle =>
        base.WaitAsync(handles, timeout, returnWhen, cancellationToken);

    public new IAsyncEnumerable<THandle> AsCompleted<THandle>(IEnumerable<THandle> handles)
        where THandle : TaskHandle =>
        base.AsCompleted(handles);

    protected override Task<TResult> RunAsync(CancellationToken cancellationToken) => script(this, cancellationToken);
}

internal static class AsyncScripts
{
    /// <summary>Waits for nothing but the token, and throws for it.</summary>
    public static Task UntilCancelled(this CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(() => cancelled.SetCanceled(token));
        return cancelled.Task;
    }

    public static PipelineHandle<TResult> RunAsync<TResult>(
        this Scheduler scheduler, Func<AsyncScript<TResult>, CancellationToken, Task<TResult>> script, string? name = null) =>
        scheduler.RunPipeline(new AsyncScript<TResult>(script), name);

    public static PipelineHandle<TResult> RunAsync<TResult>(
        this Scheduler scheduler, Func<AsyncScript<TResult>, Task<TResult>> script, string? name = null) =>
        scheduler.RunAsync<TResult>((controls, _) => script(controls), name);

    public static TResult ResultAsync<TResult>(this Scheduler scheduler, Func<AsyncScript<TResult>, Task<TResult>> script) =>
        scheduler.RunAsync(script).GetResult(Limits.Wait);
}
