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

    /// <summary>
    /// From here on, this flow of control belongs to the pipeline. The caller runs in an <see cref="ExecutionContext"/> of its own, which
    /// ends the mark.
    /// </summary>
    public static void Enter(PipelineWork pipeline) => s_current.Value = new CallScope(pipeline, Live(s_current.Value));

    /// <summary>The open pipeline of that scheduler which this flow of control came out of, if any.</summary>
    public static PipelineWork? FindOpen(object engine)
    {
        for (var scope = Live(s_current.Value); scope is not null; scope = Live(scope._outer))
        {
            if (scope._pipeline.Engine == engine)
                return scope._pipeline;
        }

        return null;
    }

    /// <summary>
    /// The nearest scope whose pipeline is open. The ended ones between are cut out, so a chain of pipelines that submit their
    /// successors keeps no more of them than are open. Concurrent cuts do the same thing.
    /// </summary>
    private static CallScope? Live(CallScope? scope)
    {
        while (scope is not null && !scope._pipeline.IsOpen)
            scope = scope._outer;
        if (scope is not null)
            scope._outer = Live(scope._outer);
        return scope;
    }
}
