namespace StageGate.Actors.Work;

/// <summary>
/// Whether the result of some work would be a task, for which nobody waits: the work would have ended, and given back what it held, while what the
/// task stands for still runs.
/// </summary>
internal static class TaskLike<TResult>
{
    private static readonly bool s_isResult = typeof(TResult).IsAssignableTo(typeof(Task))
        || typeof(TResult) == typeof(ValueTask)
        || (typeof(TResult).IsGenericType && typeof(TResult).GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static string Name => typeof(TResult).Name.Split('`')[0];

    /// <param name="pipeline">The pipeline whose result it is.</param>
    /// <param name="kind">What kind of pipeline that is, with its article.</param>
    /// <param name="instead">What to do instead.</param>
    /// <exception cref="NotSupportedException">It would.</exception>
    public static void RefusePipeline(PipelineBase pipeline, string kind, string instead)
    {
        if (s_isResult)
            throw new NotSupportedException($"{pipeline.GetType().Name} is {kind} whose result is a {Name}, and nobody would wait for it. {instead}");
    }

    /// <param name="parameter">The name of the parameter that is the callable.</param>
    /// <exception cref="ArgumentException">It would.</exception>
    public static void RefuseCallable(string parameter)
    {
        if (s_isResult)
        {
            throw new ArgumentException(
                $"The result of the callable would be a {Name}, and nobody would wait for it. Pass an async lambda, or a callable that "
                + "returns a Task of the result itself (a ValueTask becomes one by AsTask(), a Task of a Task by Unwrap()), and name no type argument.",
                parameter);
        }
    }
}
