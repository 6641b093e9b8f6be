namespace StageGate.Actors.Work;

/// <summary>
/// Marks the flow of control inside user code: which pipelines it runs for, across threads and awaits, through the pipelines of other
/// schedulers if need be. It is how a call that would wait for its own caller is told from one that would not.
/// </summary>
internal sealed class CallScope
{
    private static readonly AsyncLocal<CallScope?> s_current = new();

    private readonly PipelineWork _pipeline;
    private CallScope? _outer;

    private CallScope(PipelineWork pipeline, CallScope? outer)
    {
        _pipeline = pipeline;
        _outer = outer;
    }

    /// <summary>The innermost mark of this flow of control.</summary>
    public static CallScope? Current => s_current.Value;

    /// <summary>Whether the innermost mark is that of the pipeline.</summary>
    public static bool IsInside(PipelineWork pipeline) => s_current.Value?._pipeline == pipeline;

    /// <summary>
    /// From here on, this flow of control belongs to the pipeline. The caller runs in an <see cref="ExecutionContext"/> of its own, which
    /// ends the mark.
    /// </summary>
    public static void Enter(PipelineWork pipeline)
    {
        var outer = SkipEnded(s_current.Value);

        // A chain of pipelines that submit their successors keeps no more of them than are open: each link cuts out the ended ones
        // behind the last. Concurrent cuts do the same thing.
        if (outer is not null)
            outer._outer = SkipEnded(outer._outer);
        s_current.Value = new CallScope(pipeline, outer);
    }

    /// <summary>
    /// The open pipeline of that scheduler whose thread this is, if any. It may execute the code of others, in a flow of their own: a callback on a
    /// token, or what goes on after an <c>await</c>.
    /// </summary>
    public static PipelineWork? FindOpenOnThread(object engine) =>
        UserCode.CurrentPipeline is { IsOpen: true } current && current.Engine == engine ? current : null;

    /// <summary>The open pipeline of that scheduler which this flow of control came out of, if any.</summary>
    public static PipelineWork? FindOpen(object engine)
    {
        for (var scope = SkipEnded(s_current.Value); scope is not null; scope = SkipEnded(scope._outer))
        {
            if (scope._pipeline.Engine == engine)
                return scope._pipeline;
        }

        return null;
    }

    private static CallScope? SkipEnded(CallScope? scope)
    {
        while (scope is not null && !scope._pipeline.IsOpen)
            scope = scope._outer;
        return scope;
    }
}
