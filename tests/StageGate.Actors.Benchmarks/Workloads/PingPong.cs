using System.Diagnostics;
using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>One task at a time, there and back.</summary>
internal sealed class PingPong() : Workload(
    Id,
    "For each no-op task by itself: submit it, block until it has ended, read its result. The percentiles are those of one round.",
    P50,
    P99,
    new Metric("p99.9", "us", Better.Lower))
{
    public const string Id = "ping-pong";

    public const string Only = "one at a time";

    public static readonly Metric P50 = new("p50", "us", Better.Lower);

    public static readonly Metric P99 = new("p99", "us", Better.Lower);

    public override IEnumerable<Case> Cases(Scale scale)
    {
        yield return Peers.Case(Only, new Script(scale.Size(5_000, 50_000)), new Shape(), Peers.All);
    }

    private sealed class Script(int count) : IScript
    {
        public double[] Run<THandle>(ISubmitter<THandle> submitter)
        {
            long sum = 0;
            var trips = new double[count];
            for (var i = 0; i < count; i++)
            {
                var start = Stopwatch.GetTimestamp();
                sum += submitter.Result(submitter.Submit(NoOp.Work));
                trips[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }

            NoOp.Check(sum, count);
            Array.Sort(trips);
            return [Percentile.Of(trips, 50), Percentile.Of(trips, 99), Percentile.Of(trips, 99.9)];
        }
    }
}
