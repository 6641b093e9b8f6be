using StageGate.Actors.Work;

namespace StageGate.Actors.Completions;

/// <summary>
/// The <see cref="System.Threading.Tasks.Task"/> that ends as a piece of work ends: one for each handle, made only where somebody asks for it.
/// </summary>
/// <remarks>
/// It is completed on the thread pool, and never inside a turn of the scheduler or by whoever asks for it: to complete it calls the
/// <see cref="SynchronizationContext"/> or the <see cref="TaskScheduler"/> of those who await it, which may block, or run there and then what comes after
/// the await.
/// </remarks>
internal abstract class CompletionTask(ICompletable work) : ICompletionObserver, IThreadPoolWorkItem
{
    public bool IsWanted => true;

    public abstract Task Task { get; }

    protected ICompletable Work { get; } = work;

    /// <summary>Keeps the first one that is made, which ends as the work does from then on.</summary>
    public static CompletionTask Keep(ref CompletionTask? known, CompletionTask made)
    {
        // An interrupt that waits for the caller would break it off between what is kept and what completes it.
        using var uninterrupted = LeftInterrupt.PutOff();

        // Who asks for the first time knows of the end, or may. Nobody else has the task yet, so nobody awaits it.
        var hasEnded = made.Work.Progress.IsEnded;
        if (hasEnded)
            made.End();
        if (Interlocked.CompareExchange(ref known, made, null) is { } earlier)
            return earlier;

        if (!hasEnded && !made.Work.Progress.TryObserve(made, index: 0))
            made.OnEnded(index: 0);
        return made;
    }

    public abstract void OnFailing(Exception exception);

    public void OnEnded(int index) => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    void IThreadPoolWorkItem.Execute()
    {
        LeftInterrupt.Forget();
        End();
    }

    /// <summary>Completes the task. Called once.</summary>
    protected abstract void End();
}
