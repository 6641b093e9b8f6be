using System.Globalization;

namespace StageGate.Actors.Work;

/// <summary>
/// The execution of a <c>RunAsync()</c>: a flow of control that goes on across awaits on whatever thread, known by its
/// <see cref="CallScope"/>. Flows may fork, so the control calls are admitted one at a time, as messages of an actor are.
/// </summary>
internal sealed class FlowRun(PipelineWork work) : PipelineRun(work)
{
    private const string AfterTheEnd =
        "{0} was called after the RunAsync() of {1} had ended. Call it inside RunAsync(), and await there what it starts.";

    private const string FromOutside =
        "{0} of {1} was called from outside its RunAsync(). A task cannot steer its pipeline, and neither can another pipeline, an event handler, or code that was started elsewhere or under ExecutionContext.SuppressFlow().";

    private const string BesideAnother =
        "{0} of {1} was called while another control call was in progress. Await the end of each before the next; to wait in the background, await the handles themselves.";

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
            throw Refusal(call, AfterTheEnd);
        if (CallScope.Current != _scope)
            throw Refusal(call, FromOutside);
        if (Interlocked.CompareExchange(ref _state, state, Idle) != Idle)
            throw Refusal(call, BesideAnother);
        if (!_hasEnded)
            return new Call(this);

        Leave();
        throw Refusal(call, AfterTheEnd);
    }

    /// <summary>
    /// Forks that end with the run often come here at the same time, and to word it takes locks of the runtime, where an interrupt would strike.
    /// </summary>
    private InvalidOperationException Refusal(string call, string reason)
    {
        using var uninterrupted = LeftInterrupt.PutOff();
        return new(string.Format(CultureInfo.InvariantCulture, reason, call, Work));
    }
}
