namespace StageGate.Actors.Work;

/// <summary>
/// Whether the result of some work would be a task, for which nobody waits: the work would have ended, and given back what it held, while what the
/// task stands for still runs.
/// </summary>
internal static class TaskLike<TResult>
{
    public static bool IsResult { get; } = typeof(TResult).IsAssignableTo(typeof(Task))
        || typeof(TResult) == typeof(ValueTask)
        || (typeof(TResult).IsGenericType && typeof(TResult).GetGenericTypeDefinition() == typeof(ValueTask<>));

    /// <summary>The name of the type, to be shown.</summary>
    public static string Name => typeof(TResult).Name.Split('`')[0];
}
