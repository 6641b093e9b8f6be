namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>A callable that does nothing, and one object for all, so that what is measured is what is added to it.</summary>
internal static class NoOp
{
    public static readonly Func<int> Work = static () => 1;

    /// <summary>Whether all ran, and whether their results arrived.</summary>
    public static void Check(long sum, long tasks)
    {
        if (sum != tasks)
            throw new InvalidOperationException($"{tasks} tasks returned {sum} in all.");
    }
}
