using System.Diagnostics;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>The same callables on as many threads, with nobody who schedules them. Nothing can be faster.</summary>
internal static class Ideal
{
    public const string Name = "ideal: threads alone";

    public const string Lacks = "everything";

    /// <returns>Seconds for each task.</returns>
    public static double[] Run(int threads, int count, Func<int> work)
    {
        long sum = 0;
        var start = Stopwatch.GetTimestamp();
        var running = Enumerable.Range(0, threads).Select(index => new Thread(() =>
        {
            var own = 0;
            for (var i = index; i < count; i += threads)
                own += work();
            Interlocked.Add(ref sum, own);
        })).ToArray();
        Array.ForEach(running, thread => thread.Start());
        Array.ForEach(running, thread => thread.Join());
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        NoOp.Check(sum, count);
        return [elapsed / count];
    }
}
