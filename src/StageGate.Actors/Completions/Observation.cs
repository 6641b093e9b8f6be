namespace StageGate.Actors.Completions;

/// <summary>One waiter's place in the list of those who wait for one piece of work.</summary>
internal sealed class Observation(ICompletionObserver observer, int index)
{
    private const int PruneFrom = 16;

    private int _depth = 1;

    public Observation? Next { get; private set; }

    /// <summary>True where somebody was told.</summary>
    public bool Notify()
    {
        if (!observer.IsWanted)
            return false;

        observer.OnEnded(index);
        return true;
    }

    /// <summary>
    /// Puts this at the front of the list. Each time the list has doubled, those that nobody wants any more are dropped first: a
    /// long-running task in many short waits holds no more of them than are alive, at a cost that stays O(1) per wait.
    /// </summary>
    public void PutBefore(Observation? list)
    {
        if (list is { _depth: >= PruneFrom } && int.IsPow2(list._depth))
            list = Without(list, null);

        Next = list;
        _depth = 1 + (list?._depth ?? 0);
    }

    /// <summary>The list without one of its members, and without those that nobody wants any more.</summary>
    public static Observation? Without(Observation? list, Observation? removed)
    {
        Observation? kept = null;
        while (list is not null)
        {
            var next = list.Next;
            if (list != removed && list.IsWanted)
            {
                list.Next = kept;
                list._depth = 1 + (kept?._depth ?? 0);
                kept = list;
            }

            list = next;
        }

        return kept;
    }

    private bool IsWanted => observer.IsWanted;
}
