using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace StageGate.Actors.Completions;

/// <summary>A <see cref="System.Threading.Tasks.Task"/> that ends as a piece of work ends. Made only where somebody asks for one.</summary>
/// <remarks>
/// The source is completed on the thread pool, and never inside a turn of the scheduler: to complete it calls the <see cref="SynchronizationContext"/>
/// or the <see cref="TaskScheduler"/> of whoever awaits it, which may block, or run there and then what comes after the await.
/// </remarks>
internal sealed class CompletionTask<TResult> : ICompletionObserver, IThreadPoolWorkItem
{
    // Asynchronously: of several who await it none keeps the others waiting.
    private readonly TaskCompletionSource<TResult> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<TResult> _outcome;
    private readonly ICompletable _work;
    private Task<TResult>? _failed;

    private CompletionTask(ICompletable work, Func<TResult> outcome)
    {
        _work = work;
        _outcome = outcome;
    }

    public bool IsWanted => true;

    /// <param name="work">What the task stands for.</param>
    /// <param name="outcome">Returns the result of the ended work, or throws its exception.</param>
    public static Task<TResult> Of(ICompletable work, Func<TResult> outcome)
    {
        var observer = new CompletionTask<TResult>(work, outcome);

        // The state is asked for first: while the end is being made known, an observer may still join, and would be told somewhat later.
        if (work.Progress.IsEnded || !work.Progress.TryObserve(observer, index: 0))
        {
            Restore(work.Progress.Failure);
            observer.KeepFailure();
            observer.End();
        }

        return observer._source.Task;
    }

    public void OnEnded(int index)
    {
        // At once: later, the exception may show the stack traces of others who have asked for it meanwhile.
        KeepFailure();
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute() => End();

    private void End()
    {
        switch (_work.Progress.State)
        {
            case TaskState.Succeeded:
                _source.SetResult(_outcome());
                break;
            case TaskState.Failed:
                // A callable that threw OperationCanceledException has failed: the task is faulted, not canceled.
                _source.SetFromTask(_failed!);
                break;
            default:
                // Only an async method makes a canceled task that throws an exception of our choice.
                _source.SetFromTask(Canceled());
                break;
        }

        // Whoever asked for the task may never look at it again; that must not count as an unobserved exception.
        _ = _source.Task.Exception;
    }

    /// <summary>Calls nobody's code: nobody awaits this one.</summary>
    private void KeepFailure()
    {
        if (_work.Progress.State != TaskState.Failed)
            return;

        _failed = Task.FromException<TResult>(_work.Progress.Failure!.SourceException);
        _ = _failed.Exception;
    }

    /// <summary>
    /// The task keeps the stack trace that the exception shows when it gets it, and whoever has asked for the outcome before has left there what
    /// is of that call. To throw it puts back its own.
    /// </summary>
    [StackTraceHidden]
    private static void Restore(ExceptionDispatchInfo? failure)
    {
        try
        {
            failure?.Throw();
        }
        catch (Exception)
        {
            // It is thrown for that alone.
        }
    }

#pragma warning disable CS1998 // Runs synchronously: it is an async method only for what becomes of its exception.
    private async Task<TResult> Canceled() => _outcome();
#pragma warning restore CS1998
}
