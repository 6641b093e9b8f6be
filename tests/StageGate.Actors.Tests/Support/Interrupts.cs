namespace StageGate.Actors.Tests.Support;

internal static class Interrupts
{
    /// <summary>Whether an interrupt waits for this thread. If so, it has struck now.</summary>
    public static bool StrikeNow()
    {
        using var nothing = new ManualResetEvent(false);
        return Record.Exception(() => nothing.WaitOne(0)) is ThreadInterruptedException;
    }
}
