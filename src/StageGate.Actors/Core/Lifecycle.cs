namespace StageGate.Actors.Core;

/// <summary>Open, then shutting down, then drained; never back.</summary>
internal sealed class Lifecycle
{
    public bool ShutdownStarted { get; private set; }

    /// <summary>Whether all work was asked to end, so that nothing begins any more.</summary>
    public bool TerminationRequested { get; private set; }

    public void BeginShutdown() => ShutdownStarted = true;

    public void RequestTermination()
    {
        BeginShutdown();
        TerminationRequested = true;
    }

    /// <summary>
    /// Whether nothing is left and nothing can come any more: pipelines are refused once shutdown has begun, and tasks come from
    /// pipelines alone.
    /// </summary>
    public bool IsDrained(bool anyLive) => ShutdownStarted && !anyLive;
}
