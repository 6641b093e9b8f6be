namespace StageGate.Actors.Core;

/// <summary>How far the line can be admitted while some running tasks keep what they hold for ever.</summary>
/// <remarks>
/// The line must not change meanwhile. What is left only grows, so whoever has been found to fit does so ever after: the line is walked
/// once, and only as far as somebody asks.
/// </remarks>
internal sealed class AdmissionOutlook
{
    private readonly ExactAmount[] _left;
    private readonly IEnumerator<TaskEntry> _line;
    private int _holders;
    private TaskEntry? _next;

    public AdmissionOutlook(TaskQueue line, ResourceLedger ledger, IEnumerable<TaskEntry> stuck)
    {
        var holders = stuck.Where(IsHolder).ToList();
        _holders = holders.Count;
        _left = ledger.LeftBy(holders);
        _line = line.InOrder().GetEnumerator();
        Advance();
    }

    /// <summary>The first in line that never gets what it needs, if that is the task or stands before it. Neither is ever admitted, then.</summary>
    public TaskEntry? BlockerOf(TaskEntry task)
    {
        // Whoever fits into all that there is fits.
        if (_holders == 0)
            return null;

        while (_next is not null && !TaskQueue.IsBefore(task, _next))
        {
            if (!ResourceLedger.Fits(_next.Demand, _left))
                return _next;

            Advance();
        }

        return null;
    }

    /// <summary>Whether a stuck task holds some of what is missing to another one.</summary>
    public bool IsKeptFrom(TaskEntry blocked, TaskEntry holder)
    {
        foreach (var claim in blocked.Demand.Claims)
        {
            foreach (var held in holder.Demand.Claims)
            {
                if (held.Resource == claim.Resource && claim.Amount > _left[claim.Resource])
                    return true;
            }
        }

        return false;
    }

    /// <summary>One of the stuck tasks can end after all.</summary>
    public void Free(TaskEntry task)
    {
        if (!IsHolder(task))
            return;

        _holders--;
        foreach (var claim in task.Demand.Claims)
            _left[claim.Resource] += claim.Amount;
    }

    private void Advance() => _next = _line.MoveNext() ? _line.Current : null;

    private static bool IsHolder(TaskEntry task) => task.Demand.Claims.Length > 0;
}
