using StageGate.Actors.Core;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

/// <content>What this actor does last, and what becomes of the work that is open then.</content>
internal sealed partial class SchedulerActor
{
    private readonly Lock _ending = new();

    /// <summary>
    /// Ends every handle that is open. Where the dispatcher has failed to run this actor, it is called on the thread that found out, and may
    /// be called a second time, if the actor is run after all.
    /// </summary>
    private void EndWork()
    {
        lock (_ending)
        {
            _engine.Turn.End();
            _engine.Turn.WaitForLast();
            if (_engine.LastSnapshot is null)
                _engine.Die(TakeOpenWork(), TakeLastSnapshot, _fault);
            _engine.Events.Close();
        }
    }

    /// <summary>
    /// Accepts nothing any more, and finds all whose handles have not ended: what the core knows, and what was on its way from the inbox to the
    /// core or from the core to its handle when a fault struck.
    /// </summary>
    private List<IAbandonable> TakeOpenWork()
    {
        List<object?> open = [_current.Subject, _effects.InHand.Subject];
        _engine.Refuse(
            fact =>
            {
                open.Add(fact.Subject);
                if (_fault is null)
                    TakeLast(fact);
            },
            _fault);
        while (_core.TryDecide(out var decision))
            open.Add(decision.Subject);
        open.AddRange(_core.LiveTasks);
        open.AddRange(_core.LivePipelines);
        return [.. open.OfType<IAbandonable>()];
    }

    /// <summary>
    /// What was accepted is counted, and what has happened is told, also where the engine dies before the core has seen it. What has ended is not
    /// among it: nobody knows of it yet, and the death may say how it ended.
    /// </summary>
    private void TakeLast(in Fact fact)
    {
        try
        {
            switch (fact.Kind)
            {
                case FactKind.PipelineSubmitted:
                    _core.LineUp((PipelineWork)fact.Subject);
                    break;
                case FactKind.TaskSubmitted:
                    _core.LineUp((TaskWork)fact.Subject);
                    break;
                case FactKind.StageAdvanced:
                    SchedulerCore.AdvanceStage((PipelineWork)fact.Subject, fact.Stage);
                    break;
                case FactKind.TaskStarted:
                    break;
                default:
                    return;
            }

            _engine.Events.Tell(fact);
        }
        catch (Exception exception)
        {
            // The handles end all the same, and the counts are in doubt. Nothing more is counted, and it becomes the cause of the death.
            _fault = exception;
        }
    }
}
