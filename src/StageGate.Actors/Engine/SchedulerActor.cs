using Akka.Actor;
using StageGate.Actors.Core;
using StageGate.Actors.Engine.Events;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

/// <summary>
/// The only one that decides. A shell around <see cref="SchedulerCore"/>: each fact or message is one call on the core, and then what
/// the core has decided is carried out, all inside a <see cref="Turn"/>. No user code runs here, but for the clock where somebody listens to
/// events.
/// </summary>
/// <remarks>
/// The facts in the inbox come before every message, so a message sees all that its sender had posted before it. The core's state cannot
/// survive a restart, so this actor is stopped where it fails (its root sees to that), and stopping ends every handle.
/// </remarks>
internal sealed partial class SchedulerActor : EngineActor
{
    /// <summary>
    /// How many facts are taken in one turn, unless a message needs all. On the inline dispatcher the turn runs on the thread of whoever posted a
    /// fact; this bounds how long that thread works for others before the dispatcher may relieve it.
    /// </summary>
    private const int FactsPerTurn = 64;

    private readonly EngineLink _engine;
    private readonly SchedulerCore _core;
    private readonly Effects _effects;
    private readonly Audience _audience;
    private readonly IActorRef _self;
    private readonly IActorRef _root;
    private Fact _current;
    private Exception? _fault;

    public SchedulerActor(EngineLink engine, IActorRef coordinators, IActorRef workers)
        : base(engine)
    {
        _engine = engine;
        _core = new SchedulerCore(engine.Capacities, engine.Settings.PipelineParallelism, engine.Settings.TaskParallelism);
        _effects = new Effects(_core, engine, coordinators, workers);
        _audience = new Audience(Context, engine, _core);
        _self = Self;
        _root = Context.Parent;
    }

    protected override void PreStart()
    {
        _engine.Threads.Add(Context.Dispatcher);
        _engine.Turn.Begin(Context.Dispatcher, TakeTurn);
        _engine.OnSchedulerBegun(EndWork);
    }

    protected override void OnReceive(object message)
    {
        if (!_engine.Turn.Enter())
            throw new InvalidOperationException("The scheduler has failed.", _fault);

        try
        {
            TakeFacts(message is Drain ? FactsPerTurn : _engine.Inbox.Count);
            Handle(message);
            EndTurn();
        }
        catch (Exception exception)
        {
            // Supervision decides what becomes of this actor.
            Fail(exception);
            throw;
        }
        finally
        {
            _engine.Turn.Leave();
        }

        // Akka keeps the latest message and its sender until the next one, which may never come: none is to be kept alive by that.
        if (message is not Drain)
            _self.Tell(Drain.Instance, ActorRefs.NoSender);
    }

    protected override void PostStop() => EndWork();

    /// <summary>A turn of whoever has posted a fact. It may run on a thread of anybody's, so what fails here makes the actor fail.</summary>
    private void TakeTurn()
    {
        try
        {
            TakeFacts(FactsPerTurn);
            EndTurn();
        }
        catch (Exception exception)
        {
            Fail(exception);
            _self.Tell(Drain.Instance, ActorRefs.NoSender);
        }
    }

    /// <summary>
    /// Keeps the fault for the handles. What is known may be half of the truth now, so nobody goes on with it: whoever calls this has the last
    /// turn.
    /// </summary>
    private void Fail(Exception exception)
    {
        _fault = exception;
        _engine.Turn.End();
    }

    private void TakeFacts(int limit)
    {
        _engine.Turn.LowerFlag();
        for (; limit > 0 && _engine.Inbox.TryTake(out _current); limit--)
        {
            Handle(_current);
            _engine.Events.Tell(_current);
            _effects.CarryOut(_current);
            _current = default;
        }

        // Also what came after the limit was counted, but before the flag was lowered.
        if (limit == 0 && !_engine.Inbox.IsEmpty)
            _engine.Turn.RaiseFlag();
    }

    private void EndTurn()
    {
        CloseIfDrained();
        _engine.Turn.WantsTasks = _core.DecidesAboutTasksAtOnce;
    }

    private void Handle(in Fact fact)
    {
        switch (fact.Kind)
        {
            case FactKind.PipelineSubmitted:
                _core.Submit((PipelineWork)fact.Subject);
                break;
            case FactKind.TaskSubmitted:
                _core.Submit((TaskWork)fact.Subject);
                break;
            case FactKind.StageAdvanced:
                SchedulerCore.AdvanceStage((PipelineWork)fact.Subject, fact.Stage);
                break;
            case FactKind.TaskEnded:
                _core.End((TaskWork)fact.Subject, ((TaskWork)fact.Subject).Ending);
                break;
            case FactKind.PipelineEnded:
                _core.End((PipelineWork)fact.Subject, ((PipelineWork)fact.Subject).Ending);
                break;
            case FactKind.WaitBegun:
                _core.BeginWait((WorkEntry)fact.Subject);
                break;
        }
    }

    /// <summary>
    /// The last thing in a turn: the end of the engine cancels every question that has no answer yet, and the one that has just drained
    /// it is to have its own.
    /// </summary>
    /// <remarks>
    /// This actor stops by a message of its own, behind all that came before the end: what an actor has not read when it stops is thrown
    /// away, and whoever asked in time is to have an answer. Among them may be another one who waits for the close.
    /// </remarks>
    private void CloseIfDrained()
    {
        if (!_core.IsDrained || !_audience.IsCloseAsked)
            return;

        if (!_engine.ClosedOrderly)
        {
            _engine.EndOrderly(_core.Snapshot());
            _self.Tell(StopEngine.Instance, ActorRefs.NoSender);
        }

        _audience.TellClosed();
    }

    private SchedulerSnapshot TakeLastSnapshot()
    {
        _core.Abandon();
        return _core.Snapshot();
    }
}
