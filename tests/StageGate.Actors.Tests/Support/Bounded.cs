using System.Runtime.ExceptionServices;

namespace StageGate.Actors.Tests.Support;

/// <summary>Blocks a test on what must end, and never for ever.</summary>
internal static class Bounded
{
    /// <summary>Runs the code on a thread of its own, which no pool and no test runner shares.</summary>
    public static Task<T> OnOwnThread<T>(Func<T> code)
    {
        var result = new TaskCompletionSource<T>();
        var thread = new Thread(() =>
        {
            try
            {
                result.SetResult(code());
            }
            catch (Exception exception)
            {
                result.SetException(exception);
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        return result.Task;
    }

    /// <summary>Runs the code on a thread of its own, and returns when it has ended or waits for something.</summary>
    public static Task<T> OnOwnThreadUntilItWaits<T>(Func<T> code)
    {
        Thread? thread = null;
        var run = OnOwnThread(() =>
        {
            Volatile.Write(ref thread, Thread.CurrentThread);
            return code();
        });
        Assert.True(SpinWait.SpinUntil(
            () => run.IsCompleted || (Volatile.Read(ref thread) is { ThreadState: var state } && state.HasFlag(ThreadState.WaitSleepJoin)), Limits.Wait));
        return run;
    }

    public static Task OnOwnThread(Action code) => OnOwnThread(() =>
    {
        code();
        return true;
    });

    /// <summary>The same code on so many threads at a time.</summary>
    public static Task<T>[] OnOwnThreads<T>(int count, Func<int, T> code) =>
        [.. Enumerable.Range(0, count).Select(i => OnOwnThread(() => code(i)))];

    public static void Ends(this Task task)
    {
        EndsSomehow(task);
        if (task.Exception?.InnerException is { } thrown)
            ExceptionDispatchInfo.Throw(thrown);
        Assert.True(task.IsCompletedSuccessfully, $"The task ended as {task.Status}.");
    }

    public static T Ends<T>(this Task<T> task)
    {
        Ends((Task)task);
        return task.Result;
    }

    public static T[] End<T>(this Task<T>[] tasks) => [.. tasks.Select(Ends)];

    public static void EndsSomehow(this Task task) =>
        Assert.True(((IAsyncResult)task).AsyncWaitHandle.WaitOne(Limits.Wait), "It hangs.");
}
