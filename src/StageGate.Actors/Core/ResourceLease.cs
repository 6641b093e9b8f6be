namespace StageGate.Actors.Core;

/// <summary>
/// The right of one admitted task to what it asked for. Ends once; ending it again does nothing, so no path that ends a task can
/// give back too much.
/// </summary>
internal sealed class ResourceLease(ResourceLedger? ledger, Demand demand)
{
    /// <summary>The right to nothing, which many can share.</summary>
    public static readonly ResourceLease Nothing = new(ledger: null, Demand.None);

    private bool _ended = ledger is null;

    public Demand Demand { get; } = demand;

    public void End()
    {
        if (_ended)
            return;

        _ended = true;
        ledger!.Release(this);
    }
}
