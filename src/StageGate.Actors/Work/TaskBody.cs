using StageGate.Actors.Completions;

namespace StageGate.Actors.Work;

/// <summary>
/// What a task does. Today it is a callable of this process; whatever else can be run on a worker is one more <see cref="TaskBodyKind{TResult}"/>.
/// </summary>
/// <remarks>The plainest callable stands for itself, without an object around it: there are a great many tasks.</remarks>
internal readonly struct TaskBody<TResult>
{
    private readonly object? _callable;

    public TaskBody(Func<TResult> work) => _callable = work;

    public TaskBody(TaskBodyKind<TResult> body) => _callable = body;

    private TaskBody(object? callable) => _callable = callable;

    /// <summary>Whether there is nothing to do any more.</summary>
    public bool IsDropped => _callable is null;

    /// <summary>Whether the callable looks at its token, so that one has to be made.</summary>
    public bool UsesToken => _callable is TaskBodyKind<TResult> { UsesToken: true };

    public TResult Invoke(CancellationToken cancellationToken) => _callable is TaskBodyKind<TResult> body
        ? body.Invoke(cancellationToken)
        : ((Func<TResult>)_callable!)();

    /// <summary>Reads what another thread may drop.</summary>
    public static TaskBody<TResult> Read(ref readonly TaskBody<TResult> location) => new(Volatile.Read(in location._callable));

    /// <summary>Whatever the caller writes after it, with a release, is seen by nobody who does not see this.</summary>
    public static void Drop(ref TaskBody<TResult> location) => location = default;
}

/// <summary>A kind of task body.</summary>
internal abstract class TaskBodyKind<TResult>
{
    /// <inheritdoc cref="TaskBody{TResult}.UsesToken"/>
    public virtual bool UsesToken => false;

    public abstract TResult Invoke(CancellationToken cancellationToken);
}

internal sealed class CancelableFuncBody<TResult>(Func<CancellationToken, TResult> work) : TaskBodyKind<TResult>
{
    public override bool UsesToken => true;

    public override TResult Invoke(CancellationToken cancellationToken) => work(cancellationToken);
}

internal sealed class ActionBody(Action work) : TaskBodyKind<ValueTuple>
{
    public override ValueTuple Invoke(CancellationToken cancellationToken)
    {
        work();
        return default;
    }
}

internal sealed class CancelableActionBody(Action<CancellationToken> work) : TaskBodyKind<ValueTuple>
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
internal sealed class AsyncFuncBody<TResult>(Func<CancellationToken, Task<TResult>> work, bool usesToken) : TaskBodyKind<TResult>
{
    public override bool UsesToken => usesToken;

    public override TResult Invoke(CancellationToken cancellationToken)
    {
        var returned = work(cancellationToken) ?? throw AsyncActionBody.NullTask();
        AsyncActionBody.ForgetInterrupt();
        return Blocking.Await(returned);
    }
}

/// <inheritdoc cref="AsyncFuncBody{TResult}"/>
internal sealed class AsyncActionBody(Func<CancellationToken, Task> work, bool usesToken) : TaskBodyKind<ValueTuple>
{
    public override bool UsesToken => usesToken;

    public override ValueTuple Invoke(CancellationToken cancellationToken)
    {
        var returned = work(cancellationToken) ?? throw NullTask();
        ForgetInterrupt();
        Blocking.Await(returned);
        return default;
    }

    /// <summary>An interrupt that the callable has left would break off the wait, and what the callable holds would be free while it still runs.</summary>
    internal static void ForgetInterrupt() => LeftInterrupt.Forget();

    internal static InvalidOperationException NullTask() =>
        new("The callable returned null where it should have returned a Task. Return Task.CompletedTask where there is nothing to wait for.");
}
