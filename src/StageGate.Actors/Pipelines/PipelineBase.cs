using StageGate.Actors.Completions;
using StageGate.Actors.Work;

namespace StageGate.Actors;

/// <summary>
/// What all pipelines have in common: to submit tasks, wait for them, and move on to the next stage. Derive from
/// <see cref="Pipeline{TResult}"/> or <see cref="Pipeline"/>.
/// </summary>
/// <remarks>
/// The control calls (to submit a task, <see cref="Wait"/>, <see cref="StageForward"/>) are valid only while <c>Run()</c> is executing, and
/// only on the thread that executes it; anywhere else they throw <see cref="InvalidOperationException"/>. An instance runs once.
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

    internal abstract WorkCompletion MakeCompletion();

    internal abstract PipelineHandle MakeHandle(PipelineWork work, WorkCompletion progress);

    /// <exception cref="InvalidOperationException">It was accepted before.</exception>
    internal void UseUp()
    {
        if (Interlocked.Exchange(ref _usedUp, 1) != 0)
        {
            throw new InvalidOperationException(
                $"This {GetType().Name} has been submitted before. A pipeline runs once: make a new instance for each submission.");
        }
    }

    /// <summary>Runs the user's <c>Run()</c> on this thread.</summary>
    internal void Execute(PipelineWork work, WorkCompletion progress)
    {
        var run = new PipelineRun(work);
        Volatile.Write(ref _run, run);
        try
        {
            Execute(progress);
        }
        finally
        {
            run.End();
        }
    }

    /// <summary>The run in which the caller may use the control calls.</summary>
    /// <exception cref="InvalidOperationException">It may not.</exception>
    internal PipelineRun Control(string call) =>
        Volatile.Read(ref _run) is { } run
            ? run.Check(call)
            : throw new InvalidOperationException(
                $"{GetType().Name}.{call} was called before the pipeline was started. Call it inside Run().");

    /// <summary>Makes a task; it is submitted by <see cref="TaskBuilder{TResult}.Run"/>.</summary>
    /// <typeparam name="TResult">The type of its result.</typeparam>
    /// <param name="work">What it does, on a worker's thread. Its arguments are what the lambda captures.</param>
    /// <returns>A builder that takes what the task requires, and its name.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    protected TaskBuilder<TResult> NewTask<TResult>(Func<TResult> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new TaskBuilder<TResult>(this, new FuncBody<TResult>(work));
    }

    /// <inheritdoc cref="NewTask{TResult}(Func{TResult})"/>
    /// <param name="work">What it does. Its token is cancelled by <see cref="TaskHandle.RequestTermination"/>.</param>
    protected TaskBuilder<TResult> NewTask<TResult>(Func<CancellationToken, TResult> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new TaskBuilder<TResult>(this, new CancelableFuncBody<TResult>(work));
    }

    /// <inheritdoc cref="NewTask{TResult}(Func{TResult})"/>
    /// <param name="work">What it does. The task ends, and gives back what it holds, when the returned task has ended.</param>
    protected TaskBuilder<TResult> NewTask<TResult>(Func<Task<TResult>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new TaskBuilder<TResult>(this, new AsyncFuncBody<TResult>(_ => work(), usesToken: false));
    }

    /// <inheritdoc cref="NewTask{TResult}(Func{TResult})"/>
    /// <param name="work">
    /// What it does. The task ends, and gives back what it holds, when the returned task has ended. Its token is cancelled by
    /// <see cref="TaskHandle.RequestTermination"/>.
    /// </param>
    protected TaskBuilder<TResult> NewTask<TResult>(Func<CancellationToken, Task<TResult>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new TaskBuilder<TResult>(this, new AsyncFuncBody<TResult>(work, usesToken: true));
    }

    /// <summary>Makes a task without a result; it is submitted by <see cref="TaskBuilder.Run"/>.</summary>
    /// <param name="work">What it does, on a worker's thread. Its arguments are what the lambda captures.</param>
    /// <returns>A builder that takes what the task requires, and its name.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    protected TaskBuilder NewTask(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new TaskBuilder(this, new ActionBody(work));
    }

    /// <inheritdoc cref="NewTask(Action)"/>
    /// <param name="work">What it does. Its token is cancelled by <see cref="TaskHandle.RequestTermination"/>.</param>
    protected TaskBuilder NewTask(Action<CancellationToken> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new TaskBuilder(this, new CancelableActionBody(work));
    }

    /// <inheritdoc cref="NewTask(Action)"/>
    /// <param name="work">What it does. The task ends, and gives back what it holds, when the returned task has ended.</param>
    protected TaskBuilder NewTask(Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new TaskBuilder(this, new AsyncActionBody(_ => work(), usesToken: false));
    }

    /// <inheritdoc cref="NewTask(Action)"/>
    /// <param name="work">
    /// What it does. The task ends, and gives back what it holds, when the returned task has ended. Its token is cancelled by
    /// <see cref="TaskHandle.RequestTermination"/>.
    /// </param>
    protected TaskBuilder NewTask(Func<CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new TaskBuilder(this, new AsyncActionBody(work, usesToken: true));
    }

    /// <summary>
    /// Moves on to the next stage. Tasks submitted from now on are admitted before all waiting tasks of earlier stages, of this pipeline
    /// and of every other; tasks submitted before keep the priority they had.
    /// </summary>
    /// <exception cref="InvalidOperationException">Called outside <c>Run()</c>, or on another thread.</exception>
    protected void StageForward() => Control(nameof(StageForward)).StageForward();

    /// <summary>Waits for tasks of this pipeline. Throws nothing of what they threw; ask the handles.</summary>
    /// <typeparam name="THandle">The kind of handle.</typeparam>
    /// <param name="handles">Handles of this pipeline's tasks; the same one twice counts once.</param>
    /// <param name="timeout">
    /// How long to wait at most; the result then tells how far it got. <see langword="null"/> or <see cref="Timeout.InfiniteTimeSpan"/>: for
    /// ever; zero: only look.
    /// </param>
    /// <param name="returnWhen">For how much of it to wait.</param>
    /// <returns>Which of them have ended, and which have not.</returns>
    /// <exception cref="InvalidOperationException">Called outside <c>Run()</c>, or on another thread.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="handles"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no handle, one is null, or one belongs to another pipeline.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite, or there is no such mode.</exception>
    protected WaitResult<THandle> Wait<THandle>(
        IEnumerable<THandle> handles,
        TimeSpan? timeout = null,
        ReturnWhen returnWhen = ReturnWhen.AllCompleted)
        where THandle : TaskHandle
    {
        var run = Control(nameof(Wait));
        return new HandleWait<THandle>(handles, timeout, returnWhen, run.Work, handle => handle.Pipeline).Wait();
    }

    private protected abstract void Execute(WorkCompletion completion);
}
