namespace StageGate.Actors.Core;

/// <summary>Open, then shutting down, then drained; never back.</summary>
internal sealed class Lifecycle
{
    public bool ShutdownStarted { get; private set; }

    public bool IsDrained { get; private set; }

    public void BeginShutdown() => ShutdownStarted = true;

    /// <summary>True once: when shutdown has begun and no work is left.</summary>
    public bool TryDrain(bool anyLive)
    {
        if (!ShutdownStarted || IsDrained || anyLive)
            return false;

        return IsDrained = true;
    }
}
