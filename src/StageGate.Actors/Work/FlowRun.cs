namespace StageGate.Actors.Work;

/// <summary>
/// The execution of a <c>RunAsync()</c>: a flow of control that goes on across awaits on whatever thread, known by its
/// <see cref="CallScope"/>. Flows may fork, so the control calls are admitted one at a time, as messages of an actor are.
/// </summary>
internal sealed class FlowRun(PipelineWork work) : PipelineRun(work)
{
    private const int Idle = 0;

    /// <summary>A control call that returns soon.</summary>
    private const int Calling = 1;

    /// <summary>A control call that may take for ever.</summary>
    private const int Waiting = 2;

    private readonly CallScope? _scope = CallScope.Current;
    private int _state;
    private volatile bool _hasEnded;

    public override Call Enter(string call) => Enter(call, Calling);

    /// <summary>Begins a control call that waits. The run may end during it.</summary>
    public Call EnterWait(string call) => Enter(call, Waiting);

    /// <summary>
    /// A flow that has forked may be in the middle of a submission: it comes before the end, so that no task comes after it. Calls that are
    /// made from now on are refused, so however many forks there are, they do not keep the run from ending.
    /// </summary>
    public override void End()
    {
        // The end is written and then the state is read; a call writes the state and then reads the end. Each with a full fence in between, so
        // the call is seen here, or it sees the end.
        _hasEnded = true;
        Interlocked.MemoryBarrier();

        // Not by a SpinWait, which sleeps: an interrupt that user code left behind must not strike here.
        while (Volatile.Read(ref _state) == Calling)
            Thread.Yield();
    }

    protected override void Leave() => Volatile.Write(ref _state, Idle);

    private Call Enter(string call, int state)
    {
        if (_hasEnded)
            throw AfterTheEnd(call);
        if (CallScope.Current != _scope)
        {
            throw new InvalidOperationException(
                $"{call} of {Work} was called from outside its RunAsync(). A task cannot steer its pipeline, and neither can another pipeline, an event handler, or code that was started elsewhere or under ExecutionContext.SuppressFlow().");
        }

        if (Interlocked.CompareExchange(ref _state, state, Idle) != Idle)
        {
            throw new InvalidOperationException(
                $"{call} of {Work} was called while another control call was in progress. Await the end of each before the next; to wait in the background, await the handles themselves.");
        }

        if (!_hasEnded)
            return new Call(this);

        Leave();
        throw AfterTheEnd(call);
    }

    private InvalidOperationException AfterTheEnd(string call) =>
        new($"{call} was called after the RunAsync() of {Work} had ended. Call it inside RunAsync(), and await there what it starts.");
}
