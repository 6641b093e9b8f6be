using System.Globalization;
using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>Tasks that keep a processor busy for some time.</summary>
internal sealed class Spinning() : Workload(
    Id,
    "As fan-out, with tasks that spin. The reference is the same work on two bare threads in the same round: a ratio of 0.95 x is an "
        + "efficiency of 95 %.",
    new Metric("makespan", "ms", Better.Lower))
{
    public const string Id = "spinning";

    private static readonly double[] s_microseconds = [5, 20, 100, 1_000];

    public override IEnumerable<Case> Cases(Scale scale)
    {
        foreach (var microseconds in s_microseconds)
        {
            var count = (int)(scale.Size(60, 300) * 1_000 * Shape.Cores / microseconds);
            var work = Spin.For(microseconds);
            var script = new Scaled(new Batch(work, count, count), by: count * 1e3);
            yield return new Case(
                CaseOf(microseconds),
                Ideal.Name,
                [
                    Entrant.Of(Ideal.Name, Ideal.Lacks, () => [count * 1e3 * Ideal.Run(Shape.Cores, count, work)[0]]),
                    .. Peers.All.Select(peer => peer.Runs(script, new Shape())),
                ]);
        }
    }

    public static string CaseOf(double microseconds) => microseconds.ToString("0 us each", CultureInfo.InvariantCulture);
}
