using System.Diagnostics;

namespace StageGate.Actors.Tests.Load;

/// <summary>What the process holds at one moment.</summary>
/// <param name="Memory">The managed bytes that are alive.</param>
/// <param name="Handles">The open handles, or file descriptors.</param>
/// <param name="Threads">The threads, also those of the thread pool, which come and go by themselves.</param>
internal readonly record struct Vitals(long Memory, long Handles, long Threads)
{
    public static Vitals Take()
    {
        // What a finalizer lets go of is garbage only then.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        return new Vitals(memory, process.HandleCount, process.Threads.Count);
    }

    public static void AssertFlat(IReadOnlyList<Vitals> series)
    {
        Trend.AssertFlat("memory", [.. series.Select(vitals => vitals.Memory)], slack: 400_000);
        Trend.AssertFlat("number of handles", [.. series.Select(vitals => vitals.Handles)], slack: 4);
        Trend.AssertFlat("number of threads", [.. series.Select(vitals => vitals.Threads)], slack: 8);
    }
}
