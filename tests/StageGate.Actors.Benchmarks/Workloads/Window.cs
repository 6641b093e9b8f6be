using System.Diagnostics;
using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>A submitter that keeps so many tasks outstanding, and no more.</summary>
internal sealed class Window() : Workload(
    "window",
    "Submit no-op tasks from one thread; once 256 are outstanding, wait for the oldest and read its result before the next.",
    new Metric("throughput", "tasks/s", Better.Higher))
{
    private const int Outstanding = 256;

    public override IEnumerable<Case> Cases(Scale scale)
    {
        yield return Peers.Case($"{Outstanding} outstanding", new Script(scale.Size(30_000, 200_000)), new Shape(), Peers.All);
    }

    private sealed class Script(int count) : IScript
    {
        public double[] Run<THandle>(ISubmitter<THandle> submitter)
        {
            long sum = 0;
            var handles = new THandle[Outstanding];
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++)
            {
                ref var oldest = ref handles[i % Outstanding];
                if (i >= Outstanding)
                    sum += submitter.Result(oldest);
                oldest = submitter.Submit(NoOp.Work);
            }

            foreach (var handle in handles)
                sum += submitter.Result(handle);
            var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
            NoOp.Check(sum, count);
            return [count / elapsed];
        }
    }
}
