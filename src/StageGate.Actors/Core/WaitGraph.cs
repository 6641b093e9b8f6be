using System.Runtime.CompilerServices;

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
    private readonly AdmissionOutlook _outlook;
    private readonly Dictionary<WorkEntry, OpenWait> _stuck = [];
    private readonly HashSet<WorkEntry> _tried = [];
    private int _stuckPipelines;
    private int _stuckTasks;

    public WaitGraph(
        Slots<PipelineEntry> coordinators,
        Slots<TaskEntry> workers,
        TaskQueue line,
        ResourceLedger ledger,
        IEnumerable<KeyValuePair<WorkEntry, OpenWait>> waits)
    {
        _coordinators = coordinators;
        _workers = workers;
        foreach (var (work, wait) in waits)
        {
            _stuck.Add(work, wait);
            _stuckPipelines += work is PipelineEntry ? 1 : 0;
            _stuckTasks += work is TaskEntry ? 1 : 0;
        }

        _outlook = new AdmissionOutlook(line, ledger, _stuck.Keys.OfType<TaskEntry>());
    }

    /// <summary>Those who can never go on, once <see cref="Settle"/> has found them.</summary>
    public IReadOnlyDictionary<WorkEntry, OpenWait> Stuck => _stuck;

    /// <summary>Whether a queued pipeline can start some time.</summary>
    public bool PipelinesCanStart => _coordinators.AnyFree || _stuckPipelines < _coordinators.Taken;

    /// <summary>Whether a queued task can get a worker some time.</summary>
    public bool WorkersCanServe => _workers.AnyFree || _stuckTasks < _workers.Taken;

    /// <summary>Finds out who can go on.</summary>
    /// <param name="sought">If it is found that this one can, the rest does not matter.</param>
    public void Settle(WorkEntry? sought)
    {
        // Those with few targets first: they often show that a place becomes free, and then nobody looks at the many targets of others.
        var order = _stuck.OrderBy(pair => pair.Key == sought ? 0 : pair.Value.Count).Select(pair => pair.Key).ToList();
        int before;
        do
        {
            before = _stuck.Count;
            _tried.Clear();
            foreach (var work in order)
            {
                TryFree(work);
                if (sought is not null && !_stuck.ContainsKey(sought))
                    return;
            }
        }
        while (_stuck.Count < before);
    }

    /// <summary>Whether the work has ended, or can end, as far as is known.</summary>
    public bool CanEnd(WorkEntry work) => work switch
    {
        { HasEnded: true } => true,
        PipelineEntry { IsQueued: true } => PipelinesCanStart,
        TaskEntry { IsQueued: true } task => WorkersCanServe && BlockerOf(task) is null,
        _ => !_stuck.ContainsKey(work),
    };

    /// <inheritdoc cref="AdmissionOutlook.BlockerOf"/>
    public TaskEntry? BlockerOf(TaskEntry task) => _outlook.BlockerOf(task);

    /// <summary>The stuck tasks without which there would be enough for a task.</summary>
    public IEnumerable<TaskEntry> HoldersAgainst(TaskEntry blocked) =>
        _stuck.Keys.OfType<TaskEntry>().Where(holder => _outlook.IsKeptFrom(blocked, holder));

    /// <summary>
    /// Looks whether a stuck work can go on, and first, depth first, at those that it waits for: a chain is freed from its end, so each is
    /// looked at once, however long the chain is and wherever one begins.
    /// </summary>
    /// <returns>
    /// Whether it can, as far as is known. It may be known too late: to whoever is looked at already, and to whoever is too deep for the
    /// stack. That is why <see cref="Settle"/> begins again until nobody is freed any more.
    /// </returns>
    private bool TryFree(WorkEntry work)
    {
        if (!_stuck.TryGetValue(work, out var wait))
            return true;
        if (!_tried.Add(work) || !CanBeOver(wait))
            return false;

        Free(work);
        return true;
    }

    private bool CanBeOver(OpenWait wait)
    {
        // Where no task is stuck, every task can be admitted and end; the targets may be many.
        if (_stuckTasks == 0 && wait.AnyTarget is TaskEntry)
            return true;

        return wait.IsOver || wait.Until switch
        {
            ReturnWhen.FirstCompleted => wait.Targets.Any(CanBeFreed),
            ReturnWhen.FirstException => wait.Targets.Any(CanFail) || wait.Targets.All(target => target.HasEnded),
            _ => wait.Targets.All(CanBeFreed),
        };
    }

    // The stack is asked for on the way down alone. Each work is looked at from the top as well, whatever thread it is that looks, so the last
    // pass, which frees nobody, has seen them all.
    private bool CanBeFreed(WorkEntry target) =>
        CanEnd(target) || (!target.IsQueued && RuntimeHelpers.TryEnsureSufficientExecutionStack() && TryFree(target));

    private bool CanFail(WorkEntry target) => target.HasEnded ? target.HasFailed : CanBeFreed(target);

    private void Free(WorkEntry work)
    {
        _stuck.Remove(work);
        if (work is TaskEntry task)
        {
            _stuckTasks--;
            _outlook.Free(task);
        }
        else
        {
            _stuckPipelines--;
        }
    }
}
