using StageGate.Actors.Completions;

namespace StageGate.Actors.Work;

/// <summary>
/// What a task does. Today it is a callable of this process; whatever else can be run on a worker is one more of these.
/// </summary>
internal abstract class TaskBody<TResult>
{
    /// <summary>Whether the callable looks at its token, so that one has to be made.</summary>
    public virtual bool UsesToken => false;

    public abstract TResult Invoke(CancellationToken cancellationToken);
}

internal sealed class FuncBody<TResult>(Func<TResult> work) : TaskBody<TResult>
{
    public override TResult Invoke(CancellationToken cancellationToken) => work();
}

internal sealed class CancelableFuncBody<TResult>(Func<CancellationToken, TResult> work) : TaskBody<TResult>
{
    public override bool UsesToken => true;

    public override TResult Invoke(CancellationToken cancellationToken) => work(cancellationToken);
}

internal sealed class ActionBody(Action work) : TaskBody<ValueTuple>
{
    public override ValueTuple Invoke(CancellationToken cancellationToken)
    {
        work();
        return default;
    }
}

internal sealed class CancelableActionBody(Action<CancellationToken> work) : TaskBody<ValueTuple>
{
    public override bool UsesToken => true;

    public override ValueTuple Invoke(CancellationToken cancellationToken)
    {
        work(cancellationToken);
        return default;
    }
}

/// <summary>
/// The worker's thread waits for the task: it holds its slot and its resources until all of it has ended. The thread has neither a
/// synchronization context nor a task scheduler that a continuation could wait for.
/// </summary>
internal sealed class AsyncFuncBody<TResult>(Func<CancellationToken, Task<TResult>> work, bool usesToken) : TaskBody<TResult>
{
    public override bool UsesToken => usesToken;

    public override TResult Invoke(CancellationToken cancellationToken) =>
        Blocking.Await(work(cancellationToken) ?? throw AsyncActionBody.NullTask());
}

/// <inheritdoc cref="AsyncFuncBody{TResult}"/>
internal sealed class AsyncActionBody(Func<CancellationToken, Task> work, bool usesToken) : TaskBody<ValueTuple>
{
    public override bool UsesToken => usesToken;

    public override ValueTuple Invoke(CancellationToken cancellationToken)
    {
        Blocking.Await(work(cancellationToken) ?? throw NullTask());
        return default;
    }

    internal static InvalidOperationException NullTask() =>
        new("The callable returned null where it should have returned a Task. Return Task.CompletedTask where there is nothing to wait for.");
}
