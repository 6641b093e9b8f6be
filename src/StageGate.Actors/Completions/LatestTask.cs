namespace StageGate.Actors.Completions;

/// <summary>Hands out the task that stands for a piece of work, the same one as long as that will do.</summary>
internal static class LatestTask
{
    /// <summary>A task for whoever asks now, which has ended if the work has.</summary>
    /// <param name="known">
    /// The one that was handed out before. It ends on the pool, somewhat after the work: who has learnt of the end elsewhere is not to find it open.
    /// </param>
    /// <param name="work">What it stands for.</param>
    /// <param name="make">Makes one. Where the work has ended, so has the task.</param>
    public static Task Of(ref Task? known, ICompletable work, Func<Task> make)
    {
        while (true)
        {
            var latest = Volatile.Read(ref known);
            if (latest is not null && (latest.IsCompleted || !work.Progress.IsEnded))
                return latest;

            // Twice at most: what is made once the work has ended has ended.
            Interlocked.CompareExchange(ref known, make(), latest);
        }
    }
}
