namespace StageGate.Actors.Completions;

/// <summary>
/// The <see cref="System.Threading.Tasks.Task"/> that ends as a piece of work ends: one for each handle, made only where somebody asks for it.
/// </summary>
/// <remarks>
/// <para>
/// It is never completed inside a turn of the scheduler, but on the thread pool, or by whoever asks for it and knows of the end earlier than the pool
/// has come to it: to complete it calls the <see cref="SynchronizationContext"/> or the <see cref="TaskScheduler"/> of those who await it, which may
/// block, or run there and then what comes after the await.
/// </para>
/// </remarks>
internal abstract class CompletionTask(ICompletable work) : ICompletionObserver, IThreadPoolWorkItem
{
    public bool IsWanted => true;

    /// <summary>The same one for ever. It has ended if the work is known to have.</summary>
    public Task Current
    {
        get
        {
            if (!Task.IsCompleted && Work.Progress.IsEnded)
                End();
            return Task;
        }
    }

    protected ICompletable Work { get; } = work;

    protected abstract Task Task { get; }

    /// <summary>Keeps the first one that is made, which is told of the end of the work from then on.</summary>
    public static CompletionTask Keep(ref CompletionTask? known, CompletionTask made)
    {
        if (Interlocked.CompareExchange(ref known, made, null) is { } earlier)
            return earlier;

        // Where the work has ended it is not told any more, and the first look at it completes it.
        made.Work.Progress.TryObserve(made, index: 0);
        return made;
    }

    public abstract void OnFailing(Exception exception);

    public void OnEnded(int index) => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    void IThreadPoolWorkItem.Execute() => End();

    /// <summary>Completes the task once, whoever tries.</summary>
    protected abstract void End();
}
