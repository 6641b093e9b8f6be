namespace StageGate.Actors.Core;

/// <summary>
/// Which of the waiting works can never get what they wait for, as things stand in one instant.
/// </summary>
/// <remarks>
/// All that waits counts as stuck until it is shown that its wait can end; whatever runs and does not wait, or waits in a way that is not
/// known, can end, and with any result. So work is called stuck only where no order of events can help it: queued pipelines start once any
/// running one can end, and queued tasks are admitted in line once a worker can become free, as far as all in the line up to them fits into
/// what the stuck tasks leave.
/// </remarks>
internal sealed class WaitGraph
{
    private readonly Slots<PipelineEntry> _coordinators;
    private readonly Slots<TaskEntry> _workers;
    private readonly TaskQueue _line;
    private readonly ResourceLedger _ledger;
    private readonly Dictionary<WorkEntry, OpenWait> _stuck = [];
    private int _stuckPipelines;
    private int _stuckTasks;
    private bool _isLineKnown;

    public WaitGraph(
        Slots<PipelineEntry> coordinators,
        Slots<TaskEntry> workers,
        TaskQueue line,
        ResourceLedger ledger,
        IEnumerable<KeyValuePair<WorkEntry, OpenWait>> waits)
    {
        _coordinators = coordinators;
        _workers = workers;
        _line = line;
        _ledger = ledger;
        foreach (var (work, wait) in waits)
        {
            _stuck.Add(work, wait);
            _stuckPipelines += work is PipelineEntry ? 1 : 0;
            _stuckTasks += work is TaskEntry ? 1 : 0;
        }
    }

    /// <summary>Those who can never go on, once <see cref="Settle"/> has found them.</summary>
    public IReadOnlyDictionary<WorkEntry, OpenWait> Stuck => _stuck;

    /// <summary>Whether a queued pipeline can start some time.</summary>
    public bool PipelinesCanStart => _coordinators.AnyFree || _stuckPipelines < _coordinators.Taken;

    /// <summary>Whether a queued task can get a worker some time.</summary>
    public bool WorkersCanServe => _workers.AnyFree || _stuckTasks < _workers.Taken;

    /// <summary>The first task in line that the stuck tasks leave too little for. Neither it nor anybody behind it is ever admitted.</summary>
    public TaskEntry? FirstBlocked
    {
        get
        {
            if (!_isLineKnown)
            {
                _isLineKnown = true;
                var left = LeftByStuck();
                field = HeldByStuck().Any() ? _line.InOrder().FirstOrDefault(task => !ResourceLedger.Fits(task.Demand, left)) : null;
            }

            return field;
        }
    }

    /// <summary>Finds out who can go on.</summary>
    /// <param name="sought">If it is found that this one can, the rest does not matter.</param>
    public void Settle(WorkEntry? sought)
    {
        // Those with few targets first: they often show that a place becomes free, and then nobody looks at the many targets of others.
        var order = _stuck.OrderBy(pair => pair.Key == sought ? 0 : pair.Value.Count).ToList();
        for (var i = 0; i < order.Count;)
        {
            var (work, wait) = order[i];
            if (!CanEnd(wait))
            {
                i++;
                continue;
            }

            Free(work);
            if (work == sought)
                return;

            // It may be what one of the others needs.
            order.RemoveAt(i);
            i = 0;
        }
    }

    /// <summary>Whether the work has ended, or can end.</summary>
    public bool CanEnd(WorkEntry work) => work switch
    {
        { HasEnded: true } => true,
        PipelineEntry { IsQueued: true } => PipelinesCanStart,
        TaskEntry { IsQueued: true } task => WorkersCanServe && (FirstBlocked is not { } blocked || TaskQueue.IsBefore(task, blocked)),
        _ => !_stuck.ContainsKey(work),
    };

    /// <summary>The stuck tasks without which there would be enough for a task.</summary>
    public IEnumerable<TaskEntry> HoldersAgainst(TaskEntry blocked)
    {
        var left = LeftByStuck();
        return HeldByStuck().Where(holder => holder.Demand.Claims.ToArray().Any(
            held => blocked.Demand.Claims.ToArray().Any(claim => claim.Resource == held.Resource && claim.Amount > left[claim.Resource])));
    }

    private bool CanEnd(OpenWait wait)
    {
        // Where no task is stuck, every task can be admitted and end; the targets may be many.
        if (_stuckTasks == 0 && wait.AnyTarget is TaskEntry)
            return true;

        return wait.IsOver || wait.Until switch
        {
            ReturnWhen.FirstCompleted => wait.Targets.Any(CanEnd),
            ReturnWhen.FirstException => wait.Targets.Any(CanFail) || wait.Targets.All(target => target.HasEnded),
            _ => wait.Targets.All(CanEnd),
        };
    }

    private bool CanFail(WorkEntry work) => work.HasEnded ? work.HasFailed : CanEnd(work);

    private void Free(WorkEntry work)
    {
        _stuck.Remove(work);
        if (work is PipelineEntry)
        {
            _stuckPipelines--;
        }
        else
        {
            _stuckTasks--;
            _isLineKnown = false;
        }
    }

    private IEnumerable<TaskEntry> HeldByStuck() => _stuck.Keys.OfType<TaskEntry>().Where(task => task.Demand.Claims.Length > 0);

    private ExactAmount[] LeftByStuck() => _ledger.LeftBy(HeldByStuck().Select(task => task.Lease!));
}
