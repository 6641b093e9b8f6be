using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace StageGate.Actors.Completions;

/// <inheritdoc/>
/// <param name="work">What the task stands for.</param>
/// <param name="outcome">Returns the result of the ended work, or throws its exception.</param>
internal sealed class CompletionTask<TResult>(ICompletable work, Func<TResult> outcome) : CompletionTask(work)
{
    // Asynchronously: what follows for one who awaits it keeps no other waiting. Only a context that blocks whoever posts to it does.
    private readonly TaskCompletionSource<TResult> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<TResult>? _failed;

    public override Task Task => _source.Task;

    public override void OnFailing(Exception exception) => _failed = Failed(exception);

    protected override void End()
    {
        switch (Work.Progress.State)
        {
            case TaskState.Succeeded:
                _source.SetResult(outcome());
                break;
            case TaskState.Failed:
                // A callable that threw OperationCanceledException has failed: the task is faulted, not canceled.
                _source.SetFromTask(_failed ?? Failed(Restored(Work.Progress.Failure!)));
                break;
            default:
                // Only an async method makes a canceled task that throws an exception of our choice.
                _source.SetFromTask(Canceled());
                break;
        }

        // Whoever asked for the task may never look at it again; that must not count as an unobserved exception.
        _ = _source.Task.Exception;
    }

    /// <summary>Calls nobody's code: nobody awaits this one. It keeps the stack trace that the exception shows now.</summary>
    private static Task<TResult> Failed(Exception exception)
    {
        var failed = Task.FromException<TResult>(exception);
        _ = failed.Exception;
        return failed;
    }

    /// <summary>
    /// Whoever has asked for the outcome before has left in the exception's stack trace what is of that call. To throw it puts back its own.
    /// </summary>
    [StackTraceHidden]
    private static Exception Restored(ExceptionDispatchInfo failure)
    {
        try
        {
            failure.Throw();
        }
        catch (Exception)
        {
            // It is thrown for that alone.
        }

        return failure.SourceException;
    }

#pragma warning disable CS1998 // Runs synchronously: it is an async method only for what becomes of its exception.
    private async Task<TResult> Canceled() => outcome();
#pragma warning restore CS1998
}
