using System.Diagnostics;
using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>The same with the workers held until all tasks are queued, so that the queue is as long as the case says.</summary>
internal sealed class QueueDepth() : Workload(
    Id,
    "Submit n no-op tasks while the workers are held, let go, wait for all of them, read every result.",
    Cost)
{
    public const string Id = "queue-depth";

    public static readonly Metric Cost = new("cost", "us/task", Better.Lower);

    private const int EnoughToTime = 20_000;

    private static readonly int[] s_counts = [1_000, 1_000_000];

    public override IEnumerable<Case> Cases(Scale scale) => s_counts.Select(count =>
        Peers.Case(CaseOf(count), new Script(count), new Shape(), StageGateRunner.Peer, SemaphoreRunner.Peer));

    public static string CaseOf(int count) => $"{count} queued";

    private sealed class Script(int count) : IScript
    {
        private readonly int _repeats = Math.Max(1, EnoughToTime / count);

        public double[] Run<THandle>(ISubmitter<THandle> submitter)
        {
            var elapsed = TimeSpan.Zero;
            for (var repeat = 0; repeat < _repeats; repeat++)
                elapsed += Drain(submitter);
            return [elapsed.TotalMicroseconds / _repeats / count];
        }

        private TimeSpan Drain<THandle>(ISubmitter<THandle> submitter)
        {
            var handles = new THandle[count];
            var held = submitter.Hold();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++)
                handles[i] = submitter.Submit(NoOp.Work);
            held.Dispose();
            submitter.WaitAll(handles);
            var sum = handles.Sum(submitter.Result);
            var elapsed = Stopwatch.GetElapsedTime(start);
            NoOp.Check(sum, count);
            return elapsed;
        }
    }
}
