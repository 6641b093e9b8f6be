namespace StageGate.Actors.Core;

/// <summary>Works that were seen to wait in some way, to tell at little cost whether any of them still does.</summary>
/// <param name="counts">Whether a wait is one of that way.</param>
internal sealed class WaiterSet(Func<OpenWait, bool> counts)
{
    private readonly HashSet<WorkEntry> _works = [];
    private WorkEntry? _witness;

    /// <summary>Asked after every transition, so as a rule only one of them is looked at: the one that was found to wait the last time.</summary>
    public bool AnyWaits
    {
        get
        {
            if (_witness is not null && Waits(_witness))
                return true;

            _witness = null;
            foreach (var work in _works)
            {
                if (Waits(work))
                {
                    _witness = work;
                    return true;
                }

                // If it waits once more, it is added once more.
                _works.Remove(work);
            }

            return false;
        }
    }

    public void Add(WorkEntry work) => _works.Add(work);

    /// <summary>The work has ended: it is not to be kept by who waits on.</summary>
    public void Remove(WorkEntry work)
    {
        if (_works.Count == 0)
            return;

        _works.Remove(work);
        if (_witness == work)
            _witness = null;
    }

    private bool Waits(WorkEntry work) => work.Wait is { } wait && counts(wait);
}
