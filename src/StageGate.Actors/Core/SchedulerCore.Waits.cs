namespace StageGate.Actors.Core;

/// <content>Waits that can never end are found, and refused.</content>
/// <remarks>
/// Whoever waits for nobody can still end, so a wait loses its hope only when another wait begins, when a task is submitted that blocks the
/// line, or, if it is for a failure, when something has ended without one. The core looks after each of these, and only then.
/// It is not told of every wait: while no task waits, a pipeline that waits for tasks can go on in any case.
/// </remarks>
internal sealed partial class SchedulerCore
{
    private readonly WaiterSet _told = new(_ => true);
    private readonly WaiterSet _forFailure = new(wait => wait.Until == ReturnWhen.FirstException);
    private long _waitsFound;

    /// <summary>The work has begun to wait. The wait may be over again, or another one by now.</summary>
    public void BeginWait(WorkEntry work)
    {
        if (work.Wait is null || work.HasEnded)
            return;

        _told.Add(work);

        // Also where the wait was found before, when the core was told of a former one of the same work: what it waits for may have been
        // submitted since. The fact that was posted for this very wait comes behind those submissions.
        RefuseHopelessWaits(work);
    }

    /// <summary>A task was submitted. If it stands in line and needs what waiting tasks hold, it may keep from others what they wait for.</summary>
    private void LookAgain(TaskEntry task)
    {
        if (!task.IsQueued || task.Demand.Claims.IsEmpty || !_told.AnyWaits)
            return;

        var waiting = _workers.Occupants.Where(occupant => occupant.Wait is not null);
        if (!ResourceLedger.Fits(task.Demand, _ledger.LeftBy(waiting)))
            RefuseHopelessWaits(sought: null);
    }

    /// <summary>Something may have ended. If somebody waits for a failure, that may have been the last that could fail.</summary>
    private void LookAgain()
    {
        if (_told.AnyWaits && _forFailure.AnyWaits)
            RefuseHopelessWaits(sought: null);
    }

    private void ForgetWaiter(WorkEntry ended)
    {
        _told.Remove(ended);
        _forFailure.Remove(ended);
    }

    /// <param name="sought">Whose wait is new. Where it can end, so can all that could before.</param>
    private void RefuseHopelessWaits(WorkEntry? sought)
    {
        while (FindVictim(sought) is { } victim)
        {
            var (work, graph) = victim;
            var wait = graph.Stuck[work];
            wait.Refuse(DeadlockMessage.For(work, graph));
            _decisions.Enqueue(new Decision(DecisionKind.RefuseWait, wait));
            sought = null;
        }
    }

    /// <summary>
    /// The first whose wait made others or itself stuck: the last one that is left when those who began to wait later are taken away, one by
    /// one, until nobody is stuck. So as few waits are refused as if each had been looked at in the moment when it began.
    /// </summary>
    private (WorkEntry Work, WaitGraph Graph)? FindVictim(WorkEntry? sought)
    {
        (WorkEntry Work, WaitGraph Graph)? victim = null;
        var waits = Waits().ToDictionary();
        if (sought is not null && !waits.ContainsKey(sought))
            return null;

        // A wait may be found before the core is told of it, or though it never is: it is younger than those that were found before. What is
        // sought is the youngest of all that are found now.
        foreach (var (work, wait) in waits.Where(pair => pair.Value.Order == 0).OrderBy(pair => pair.Key == sought))
        {
            wait.Order = ++_waitsFound;
            if (wait.Until == ReturnWhen.FirstException)
                _forFailure.Add(work);
        }

        while (true)
        {
            var graph = new WaitGraph(_coordinators, _workers, _waitingTasks, _ledger, waits);
            graph.Settle(sought);
            if (graph.Stuck.Count == 0 || (sought is not null && !graph.Stuck.ContainsKey(sought)))
                return victim;

            var last = graph.Stuck.MaxBy(pair => pair.Value.Order).Key;
            victim = (last, graph);
            waits.Remove(last);
            sought = null;
        }
    }

    /// <summary>All waits that are known now. Each is read once, because it may be over in the next moment.</summary>
    private IEnumerable<KeyValuePair<WorkEntry, OpenWait>> Waits()
    {
        foreach (var work in _coordinators.Occupants.Concat<WorkEntry>(_workers.Occupants))
        {
            if (work.Wait is { } wait)
                yield return KeyValuePair.Create(work, wait);
        }
    }
}
