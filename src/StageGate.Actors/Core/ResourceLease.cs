namespace StageGate.Actors.Core;

/// <summary>
/// The right of one admitted task to what it asked for. Ends once; ending it again does nothing, so no path that ends a task can
/// give back too much.
/// </summary>
internal sealed class ResourceLease(ResourceLedger ledger, Demand demand)
{
    private bool _ended;

    public Demand Demand { get; } = demand;

    public void End()
    {
        if (_ended)
            return;

        _ended = true;
        ledger.Release(this);
    }
}
