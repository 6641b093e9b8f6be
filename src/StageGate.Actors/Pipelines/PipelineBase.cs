using StageGate.Actors.Completions;
using StageGate.Actors.Work;

namespace StageGate.Actors;

/// <summary>
/// What all pipelines have in common: to submit tasks, and to move on to the next stage. Derive from <see cref="Pipeline{TResult}"/> or
/// <see cref="Pipeline"/>, or from <see cref="AsyncPipeline{TResult}"/> or <see cref="AsyncPipeline"/>.
/// </summary>
/// <remarks>
/// The control calls (to submit a task, to wait for tasks, <see cref="StageForward"/>) are valid only while <c>Run()</c> or
/// <c>RunAsync()</c> is executing, and only in its own flow of control; anywhere else they throw <see cref="InvalidOperationException"/>.
/// An instance runs once.
/// </remarks>
public abstract class PipelineBase
{
    private int _usedUp;
    private PipelineRun? _run;

    private protected PipelineBase()
    {
    }

    /// <summary>The stage that the next submitted task belongs to. It starts at 0. May be read anywhere.</summary>
    public int Stage => Volatile.Read(ref _run)?.Stage ?? 0;

    internal abstract Outcome MakeOutcome();

    internal abstract PipelineHandle MakeHandle(PipelineWork work, Outcome outcome);

    /// <summary>What to call before anything is started.</summary>
    private protected abstract string EntryPoint { get; }

    /// <exception cref="InvalidOperationException">It was accepted before.</exception>
    internal void UseUp()
    {
        if (Interlocked.Exchange(ref _usedUp, 1) != 0)
        {
            throw new InvalidOperationException(
                $"This {GetType().Name} has been submitted before. A pipeline runs once: make a new instance for each submission.");
        }
    }

    /// <summary>The run in which the caller may use the control calls, entered for the time of one such call.</summary>
    /// <exception cref="InvalidOperationException">It may not.</exception>
    internal PipelineRun.Call Control(string call) => CurrentRun(call).Enter(call);

    /// <inheritdoc cref="PipelineRun.FindSubmitted"/>
    internal KeyValuePair<string, decimal>[]? FindSubmitted(string label, decimal amount) =>
        Volatile.Read(ref _run)?.FindSubmitted(label, amount);

    /// <exception cref="InvalidOperationException">There is none yet.</exception>
    private protected PipelineRun CurrentRun(string call) => Volatile.Read(ref _run)
        ?? throw new InvalidOperationException(
            $"{GetType().Name}.{call} was called before the pipeline was started. Call it inside {EntryPoint}.");

    private protected void Begin(PipelineRun run) => Volatile.Write(ref _run, run);

    /// <summary>Makes a task; it is submitted by <see cref="TaskBuilder{TResult}.Run"/>.</summary>
    /// <typeparam name="TResult">The type of its result.</typeparam>
    /// <param name="work">What it does, on a worker's thread. Its arguments are what the lambda captures.</param>
    /// <returns>A builder that takes what the task requires, and its name.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// Its result would be a <see cref="Task"/> or a <see cref="ValueTask"/>, for which nobody would wait: by a type argument that says so, because there
    /// is no overload for value tasks, or because it returns a task of a task, as <c>Task.Factory.StartNew</c> does of an async lambda.
    /// </exception>
    protected TaskBuilder<TResult> NewTask<TResult>(Func<TResult> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        TaskLike<TResult>.RefuseCallable(nameof(work));
        return new TaskBuilder<TResult>(this, new TaskBody<TResult>(work));
    }

    /// <inheritdoc cref="NewTask{TResult}(Func{TResult})"/>
    /// <param name="work">What it does. Its token is cancelled by <see cref="TaskHandle.RequestTermination"/>.</param>
    protected TaskBuilder<TResult> NewTask<TResult>(Func<CancellationToken, TResult> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        TaskLike<TResult>.RefuseCallable(nameof(work));
        return new TaskBuilder<TResult>(this, new TaskBody<TResult>(new CancelableFuncBody<TResult>(work)));
    }

    /// <inheritdoc cref="NewTask{TResult}(Func{TResult})"/>
    /// <param name="work">What it does. The task ends, and gives back what it holds, when the returned task has ended.</param>
    protected TaskBuilder<TResult> NewTask<TResult>(Func<Task<TResult>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        TaskLike<TResult>.RefuseCallable(nameof(work));
        return new TaskBuilder<TResult>(this, new TaskBody<TResult>(new AsyncFuncBody<TResult>(_ => work(), usesToken: false)));
    }

    /// <inheritdoc cref="NewTask{TResult}(Func{TResult})"/>
    /// <param name="work">
    /// What it does. The task ends, and gives back what it holds, when the returned task has ended. Its token is cancelled by
    /// <see cref="TaskHandle.RequestTermination"/>.
    /// </param>
    protected TaskBuilder<TResult> NewTask<TResult>(Func<CancellationToken, Task<TResult>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        TaskLike<TResult>.RefuseCallable(nameof(work));
        return new TaskBuilder<TResult>(this, new TaskBody<TResult>(new AsyncFuncBody<TResult>(work, usesToken: true)));
    }

    /// <summary>Makes a task without a result; it is submitted by <see cref="TaskBuilder.Run"/>.</summary>
    /// <param name="work">What it does, on a worker's thread. Its arguments are what the lambda captures.</param>
    /// <returns>A builder that takes what the task requires, and its name.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    protected TaskBuilder NewTask(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new TaskBuilder(this, new TaskBody<ValueTuple>(new ActionBody(work)));
    }

    /// <inheritdoc cref="NewTask(Action)"/>
    /// <param name="work">What it does. Its token is cancelled by <see cref="TaskHandle.RequestTermination"/>.</param>
    protected TaskBuilder NewTask(Action<CancellationToken> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new TaskBuilder(this, new TaskBody<ValueTuple>(new CancelableActionBody(work)));
    }

    /// <inheritdoc cref="NewTask(Action)"/>
    /// <param name="work">What it does. The task ends, and gives back what it holds, when the returned task has ended.</param>
    protected TaskBuilder NewTask(Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new TaskBuilder(this, new TaskBody<ValueTuple>(new AsyncActionBody(_ => work(), usesToken: false)));
    }

    /// <inheritdoc cref="NewTask(Action)"/>
    /// <param name="work">
    /// What it does. The task ends, and gives back what it holds, when the returned task has ended. Its token is cancelled by
    /// <see cref="TaskHandle.RequestTermination"/>.
    /// </param>
    protected TaskBuilder NewTask(Func<CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new TaskBuilder(this, new TaskBody<ValueTuple>(new AsyncActionBody(work, usesToken: true)));
    }

    /// <summary>
    /// Moves on to the next stage. Tasks submitted from now on are admitted before all waiting tasks of earlier stages, of this pipeline
    /// and of every other; tasks submitted before keep the priority they had.
    /// </summary>
    /// <exception cref="InvalidOperationException">Called outside <c>Run()</c> or <c>RunAsync()</c>, or in another flow of control.</exception>
    protected void StageForward()
    {
        using var call = Control(nameof(StageForward));
        call.Run.StageForward();
    }
}
