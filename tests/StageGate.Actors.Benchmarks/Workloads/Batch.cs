using System.Diagnostics;
using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>Submits so many, waits for all, reads every result; again, where there are few, until there is enough to time.</summary>
internal sealed class Batch(Func<int> work, int count, int atLeast) : IScript
{
    private readonly int _repeats = Math.Max(1, atLeast / count);

    /// <returns>Seconds, and bytes allocated, for each task.</returns>
    public double[] Run<THandle>(ISubmitter<THandle> submitter)
    {
        long sum = 0;
        var tasks = (long)count * _repeats;
        var allocated = Memory.Allocated();
        var start = Stopwatch.GetTimestamp();
        for (var repeat = 0; repeat < _repeats; repeat++)
        {
            var handles = new THandle[count];
            for (var i = 0; i < count; i++)
                handles[i] = submitter.Submit(work);
            submitter.WaitAll(handles);
            foreach (var handle in handles)
                sum += submitter.Result(handle);
        }

        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        NoOp.Check(sum, tasks);
        return [elapsed / tasks, (double)(Memory.Allocated() - allocated) / tasks];
    }
}
