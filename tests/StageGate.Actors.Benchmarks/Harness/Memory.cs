namespace StageGate.Actors.Benchmarks.Harness;

/// <summary>The heap between two measurements.</summary>
internal static class Memory
{
    /// <summary>Nobody is to pay for the garbage of the one before.</summary>
    public static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    /// <summary>How many bytes are alive.</summary>
    public static long Held()
    {
        Settle();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>How many bytes all threads have allocated so far.</summary>
    public static long Allocated() => GC.GetTotalAllocatedBytes(precise: true);
}
