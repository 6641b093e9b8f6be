namespace StageGate.Actors.Tests.Support;

/// <summary>The control calls of a pipeline, opened up for a script.</summary>
internal interface IPipelineControls
{
    int Stage { get; }

    TaskBuilder<T> NewTask<T>(Func<T> work);

    TaskBuilder<T> NewTask<T>(Func<CancellationToken, T> work);

    TaskBuilder<T> NewTask<T>(Func<Task<T>> work);

    TaskBuilder<T> NewTask<T>(Func<CancellationToken, Task<T>> work);

    TaskBuilder NewTask(Action work);

    TaskBuilder NewTask(Action<CancellationToken> work);

    TaskBuilder NewTask(Func<Task> work);

    TaskBuilder NewTask(Func<CancellationToken, Task> work);

    void StageForward();

    WaitResult<THandle> Wait<THandle>(
        IEnumerable<THandle> handles,
        TimeSpan? timeout = null,
        ReturnWhen returnWhen = ReturnWhen.AllCompleted)
        where THandle : TaskHandle;

    CompletionSequence<THandle> AsCompleted<THandle>(IEnumerable<THandle> handles)
        where THandle : TaskHandle;
}

/// <summary>A pipeline whose <c>Run()</c> is a lambda that may use the control calls.</summary>
internal sealed class ScriptedPipeline<TResult>(Func<IPipelineControls, TResult> script) : Pipeline<TResult>, IPipelineControls
{
    public new TaskBuilder<T> NewTask<T>(Func<T> work) => base.NewTask(work);

    public new TaskBuilder<T> NewTask<T>(Func<CancellationToken, T> work) => base.NewTask(work);

    public new TaskBuilder<T> NewTask<T>(Func<Task<T>> work) => base.NewTask(work);

    public new TaskBuilder<T> NewTask<T>(Func<CancellationToken, Task<T>> work) => base.NewTask(work);

    public new TaskBuilder NewTask(Action work) => base.NewTask(work);

    public new TaskBuilder NewTask(Action<CancellationToken> work) => base.NewTask(work);

    public new TaskBuilder NewTask(Func<Task> work) => base.NewTask(work);

    public new TaskBuilder NewTask(Func<CancellationToken, Task> work) => base.NewTask(work);

    public new void StageForward() => base.StageForward();

    public new WaitResult<THandle> Wait<THandle>(
        IEnumerable<THandle> handles,
        TimeSpan? timeout = null,
        ReturnWhen returnWhen = ReturnWhen.AllCompleted)
        where THandle : TaskHandle =>
        base.Wait(handles, timeout, returnWhen);

    public new CompletionSequence<THandle> AsCompleted<THandle>(IEnumerable<THandle> handles)
        where THandle : TaskHandle =>
        base.AsCompleted(handles);

    protected override TResult Run() => script(this);
}
