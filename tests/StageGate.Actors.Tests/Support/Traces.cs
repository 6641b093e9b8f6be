namespace StageGate.Actors.Tests.Support;

/// <summary>Weak references to what nobody is to hold any more.</summary>
internal static class Traces
{
    /// <summary>The thread that ran it may not have left its last frames when the handle ends, so this looks more than once.</summary>
    public static void AssertCollected(WeakReference[] traces) => Assert.True(
        SpinWait.SpinUntil(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return !traces.Any(trace => trace.IsAlive);
            },
            TimeSpan.FromSeconds(10)),
        $"Still alive: {string.Join(", ", traces.Select((trace, i) => trace.IsAlive ? $"{i}" : "-").Take(20))}");
}
